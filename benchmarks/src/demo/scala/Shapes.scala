// Something of everything for the compiler, and one warning for it to print.

enum Shape derives CanEqual:
  case Circle(radius: Double)
  case Box(width: Double, height: Double)

extension (shape: Shape)
  inline def scaled(by: Double): Shape = shape match
    case Shape.Circle(radius) => Shape.Circle(radius * by)
    case Shape.Box(width, height) => Shape.Box(width * by, height * by)

def area(shape: Shape): Double = shape match
  case Shape.Circle(radius) => math.Pi * radius * radius
  case Shape.Box(width, height) => width * height

given Ordering[Shape] = Ordering.by(area)

@main def printLargest(): Unit =
  val shapes = List(Shape.Circle(1), Shape.Box(2, 3)).map(_.scaled(2))
  println(shapes.max)
  val first: Option[Shape] = shapes.headOption
  first match
    case Some(shape) => println(shape)
