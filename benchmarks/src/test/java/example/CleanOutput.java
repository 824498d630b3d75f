package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Programs that end in many ways; each nested class is one. What they print, and what the JVM prints of their end, is to be the same however they were started. */
public final class CleanOutput {
    private CleanOutput() {}

    /** All bytes there are, on both streams, and no line feed at the end. */
    public static final class Prints {
        private Prints() {}

        /** See the class. */
        public static void main(String[] args) {
            System.out.println("arguments " + List.of(args));
            for (int b = 0; b < 256; b++) {
                System.out.write(b);
                System.err.write(b);
            }
            System.out.print("no line feed");
            System.err.print("\u00fc\u65e5");
        }
    }

    /** An exception with causes, whose text begins alike, with suppressed ones, and with a circle. */
    public static final class Throws {
        private Throws() {}

        /** See the class. */
        public static void main(String[] args) {
            System.out.println("before");
            List.of("a").forEach(Throws::wrap);
        }

        private static void wrap(String text) {
            IllegalStateException outer = new IllegalStateException("outer " + text, cause());
            outer.addSuppressed(new UncheckedIOException("suppressed", new IOException("cause of suppressed")));
            outer.addSuppressed(new RuntimeException(outer));
            throw outer;
        }

        private static Exception cause() {
            try {
                return new Exception(Integer.toString(List.of(1).get(2)));
            } catch (IndexOutOfBoundsException e) {
                return new IOException("line one\nline two", new RuntimeException(e));
            }
        }
    }

    /** An exception with a text of its own, without a stack. */
    public static final class ThrowsQuietly extends Error {
        private static final long serialVersionUID = 1;

        private ThrowsQuietly() {
            super("hidden", new Error("cause"), /* enableSuppression= */ false, /* writableStackTrace= */ false);
        }

        /** See the class. */
        public static void main(String[] args) {
            throw new ThrowsQuietly();
        }

        @Override
        public String toString() {
            return "own text";
        }
    }

    /** A stack that is cut where the JVM cuts it. */
    public static final class Overflows {
        private Overflows() {}

        /** See the class. */
        public static void main(String[] args) {
            main(args);
        }
    }

    /** Exits with 3, with a hook that prints. */
    public static final class Exits {
        private Exits() {}

        /** See the class. */
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            System.exit(3);
        }
    }

    /** Halts with 4. */
    public static final class Halts {
        private Halts() {}

        /** See the class. */
        public static void main(String[] args) {
            System.out.println("halting");
            Runtime.getRuntime().halt(4);
        }
    }

    /** An exception in a thread, which outlives main. */
    public static final class ThrowsInThread {
        private ThrowsInThread() {}

        /** See the class. */
        public static void main(String[] args) {
            Thread main = Thread.currentThread();
            Runnable body = () -> {
                try {
                    main.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new IllegalStateException("in a thread", new Error("cause"));
            };
            new Thread(body, "worker").start();
        }
    }

    /** A handler of its own for what is thrown. */
    public static final class Handles {
        private Handles() {}

        /** See the class. */
        public static void main(String[] args) throws IOException {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, thrown) -> System.out.println("handler " + thread.getName() + " " + thrown));
            throw new IOException("handled");
        }
    }

    /** A main class that cannot be initialised. */
    public static final class Broken {
        static {
            fail();
        }

        private Broken() {}

        private static void fail() {
            throw new IllegalStateException("in the initialiser", new Error("cause"));
        }

        /** See the class. */
        public static void main(String[] args) {
            System.out.println("never");
        }
    }

    /** Without a main method. */
    public static final class NoMain {
        private NoMain() {}
    }

    /** With main methods that only new JDKs run. */
    public static final class InstanceMain {
        /** As all main methods. */
        public InstanceMain() {}

        void main() {
            System.out.println("instance main of " + getClass().getName());
            throw new IllegalStateException("in an instance main");
        }
    }

    /** With a main method that returns something. */
    public static final class ReturnsInt {
        private ReturnsInt() {}

        /** See the class. */
        public static int main(String[] args) {
            return args.length;
        }
    }

    /** To be changed into a class file of a later version. */
    public static final class Newer {
        private Newer() {}

        /** See the class. */
        public static void main(String[] args) {}
    }

    /** To be changed into half a class file. */
    public static final class Cut {
        private Cut() {}

        /** See the class. */
        public static void main(String[] args) {}
    }

    /** Not to be there. */
    public static class Gone {
        /** For the subclass. */
        protected Gone() {}
    }

    /** A main class without its superclass. */
    public static final class Orphan extends Gone {
        private Orphan() {}

        /** See the class. */
        public static void main(String[] args) {}
    }

    /** Calls a library in C, which prints and calls back; with an argument the call ends with an exception. */
    public static final class Native {
        private Native() {}

        /** See the class. */
        public static void main(String[] args) {
            System.loadLibrary("cleanoutput");
            System.out.println("returned " + call(args.length));
        }

        private static native String call(int number);

        /** Called from C. */
        static int back(int number) {
            if (number > 0) {
                throw new IllegalStateException("below C");
            }
            System.out.println("called back");
            return 7;
        }
    }
}
