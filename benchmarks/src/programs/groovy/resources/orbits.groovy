// Evaluated at run time: closures, extension methods of several jars, a class of its own and a trait.
import example.Orbit
import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

trait Named { String shout() { name.toUpperCase() } }
class Moon implements Named { String name }

def orbits = new JsonSlurper().parse(getClass().getResource('/orbits.json')).collect { new Orbit(it.name, it.days) }
orbits.sort().eachWithIndex { o, i -> println "$i ${o} ${String.format(Locale.ROOT, '%.3f', o.years())}" }
def xml = new XmlSlurper().parseText('<moons><moon name="luna"/><moon name="io"/></moons>')
println xml.moon.collect { new Moon(name: it.@name.text()).shout() }.join(',')
println((1..5).collect { it ** 2 }.sum() + scale)
println new groovy.text.SimpleTemplateEngine().createTemplate('Hello <%= who %>').make(who: 'rank')
try { orbits.first().name = 'x' } catch (ReadOnlyPropertyException e) { println e.message }
try { nothing.here() } catch (MissingPropertyException e) { println e.message.replaceAll(/Script\d+/, 'Script') }
orbits.size()
