package example;

/** Main classes of all forms, those that no release runs among them. Each says when it is initialised, made and run. */
@SuppressWarnings("unused") // the launcher finds what it needs
public final class MainForms {
    private MainForms() {}

    private static void say(String what) {
        System.out.println(what);
    }

    private static void say(String what, String... args) {
        System.out.println(what + " " + String.join("|", args) + " " + Thread.currentThread());
    }

    // ---- what every release runs --------------------------------------------------------------------------------

    /** The ordinary form. */
    public static class Usual {
        /** See the class. */
        public static void main(String[] args) {
            say("usual", args);
        }
    }

    /** Variable arity, other modifiers. */
    public static class Varargs {
        /** See the class. */
        public static final synchronized void main(String... args) {
            say("varargs", args);
        }
    }

    /** A class that nobody else sees. */
    private static class Private {
        public static void main(String[] args) {
            say("private class", args);
        }
    }

    /** An inner class needs no instance for a static main. */
    class Inner {
        /** See the class. */
        public static void main(String[] args) {
            say("inner", args);
        }
    }

    /** Inherited: the class itself is initialised first. */
    public static class Inherited extends Usual {
        static {
            say("Inherited is initialised");
        }
    }

    /** As an interface. */
    public interface Interface {
        /** See the class. */
        static void main(String[] args) {
            say("interface", args);
        }
    }

    /** As an enum. */
    public enum Enum {
        /** One. */
        ONE;

        /** See the class. */
        public static void main(String[] args) {
            say("enum " + ONE, args);
        }
    }

    /** As a record. */
    public record Record(int number) {
        /** See the class. */
        public static void main(String[] args) {
            say("record " + new Record(1), args);
        }
    }

    /** Abstract, with other methods named main. */
    public abstract static class Overloaded {
        /** Not this one. */
        public static void main(Object args) {
            say("not this");
        }

        /** Not this one. */
        public static int main(String arg) {
            return 0;
        }

        /** This one. */
        public static void main(String[] args) {
            say("overloaded", args);
        }
    }

    /** Leaves by an exception with a cause and a suppressed one. */
    public static class Throws {
        /** See the class. */
        public static void main(String[] args) throws Exception {
            Exception thrown = new Exception("checked", new IllegalStateException("cause"));
            thrown.addSuppressed(new Exception("suppressed"));
            throw thrown;
        }
    }

    /** Has a handler for what leaves main. */
    public static class Handles {
        /** See the class. */
        public static void main(String[] args) {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> say(thread + " " + thrown));
            throw new IllegalStateException("handled");
        }
    }

    /** Fails while it is initialised. */
    public static class FailsFirst {
        static final int NUMBER = Integer.parseInt("no number");

        /** See the class. */
        public static void main(String[] args) {
            say("not reached");
        }
    }

    /** Inherits main, and fails while it is initialised. */
    public static class InheritedFailsFirst extends Usual {
        static final int NUMBER = Integer.parseInt("no number");
    }

    /** Fails with an error while it is initialised. */
    public static class FailsWithError {
        static {
            fail();
        }

        private static void fail() {
            throw new LinkageError("own error");
        }

        /** See the class. */
        public static void main(String[] args) {
            say("not reached");
        }
    }

    /** Ends the process while it is initialised. */
    public static class ExitsFirst {
        static {
            say("exits");
            System.exit(5);
        }

        /** See the class. */
        public static void main(String[] args) {
            say("not reached");
        }
    }

    // ---- what some or no releases run ---------------------------------------------------------------------------

    /** No main; not even initialised. */
    public static class None {
        static {
            say("None is initialised");
        }
    }

    /** Implementing an interface with main does not give one. */
    public static class OfInterface implements Interface {}

    /** Other parameters only. */
    public static class OtherParameters {
        /** See the class. */
        public static void main(String arg) {
            say("not this");
        }
    }

    /** A value is returned. */
    public static class Returns {
        /** See the class. */
        public static int main(String[] args) {
            say("not this");
            return 0;
        }
    }

    /** A value is returned by an inherited main. */
    public static class InheritedReturns extends Returns {}

    /** A value is returned, but there is another main. */
    public static class ReturnsOrNot {
        /** See the class. */
        public static int main(String[] args) {
            say("not this");
            return 0;
        }

        static void main() {
            say("without arguments");
        }
    }

    /** Private. */
    public static class PrivateMain {
        private static void main(String[] args) {
            say("not this");
        }
    }

    /** Private, but there is another one. */
    public static class PrivateOrNot {
        private static void main(String[] args) {
            say("not this");
        }

        void main() {
            say("without arguments");
        }
    }

    /** A private main hides an inherited one. */
    public static class PrivateHidesInherited extends Usual {
        private static void main() {
            say("not this");
        }
    }

    /** Package-private. */
    public static class PackagePrivate {
        static void main(String[] args) {
            say("package-private", args);
        }
    }

    /** Protected and inherited. */
    public static class Protected {
        static {
            say("Protected is initialised");
        }

        /** See the class. */
        protected static void main(String[] args) {
            say("protected", args);
        }
    }

    /** Protected and inherited. */
    public static class InheritedProtected extends Protected {
        static {
            say("InheritedProtected is initialised");
        }
    }

    /** Static, no arguments. */
    public static class NoArguments {
        /** See the class. */
        public static void main() {
            say("no arguments");
        }
    }

    /** An instance's. */
    public static class Instance {
        static {
            say("Instance is initialised");
        }

        {
            say("Instance is made");
        }

        /** See the class. */
        public void main(String[] args) {
            say("instance " + getClass().getSimpleName(), args);
        }
    }

    /** Inherited by the instance. */
    public static class InheritedInstance extends Instance {}

    /** The least that can be written, in a class that nobody else sees. */
    private static class Least {
        Least() {
            say("Least is made");
        }

        void main() {
            say("least");
            throw new UnsupportedOperationException("least");
        }
    }

    /** A default method. */
    public interface Default {
        /** See the class. */
        default void main(String[] args) {
            say("default", args);
        }
    }

    /** Inherits a default method. */
    public static class OfDefault implements Default {}

    /** Arguments come before static. */
    public static class InstanceOrStatic {
        static void main() {
            say("static without arguments");
        }

        void main(String[] args) {
            say("instance with arguments", args);
        }
    }

    /** The nearest class comes first, whatever its arguments. */
    public static class NearOrFar extends PackagePrivate {
        static void main() {
            say("near, without arguments");
        }
    }

    /** The constructor is private. */
    public static class PrivateConstructor {
        private PrivateConstructor() {}

        void main() {
            say("not this");
        }
    }

    /** No constructor without arguments. */
    public static class OtherConstructor {
        OtherConstructor(int number) {}

        void main() {
            say("not this");
        }
    }

    /** The constructor fails. */
    public static class ConstructorThrows {
        ConstructorThrows() {
            throw new IllegalStateException("constructor", new Exception("cause"));
        }

        void main() {
            say("not this");
        }
    }

    /** Cannot be made. */
    public abstract static class Abstract {
        void main() {
            say("not this");
        }
    }

    /** Needs an outer instance. */
    class InnerInstance {
        void main() {
            say("not this");
        }
    }

    /** Fails while it is initialised, before it is made. */
    public static class InstanceFailsFirst {
        static final int NUMBER = Integer.parseInt("no number");

        void main() {
            say("not this");
        }
    }
}
