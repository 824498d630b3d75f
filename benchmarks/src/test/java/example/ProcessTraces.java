package example;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Prints stack traces, names of classes and of their loader. Lines that begin with {@code ==} are about the loader or the bottom of the main thread's stack. */
public final class ProcessTraces {
    private ProcessTraces() {}

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().replaceAll("0x[0-9a-f]+|\\$\\$Lambda[^.]*", "HIDDEN");
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        Thread thread = new Thread(() -> System.out.print(trace(new Exception("in a thread"))));
        thread.start();
        thread.join();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        System.out.print(executor.submit(() -> trace(new IllegalStateException("in a pool", new Error("cause"))))
                .get());
        executor.shutdown();
        Supplier<Exception> deep = () -> new Exception("deep");
        for (StackTraceElement frame : deep.get().getStackTrace()) {
            if (frame.getClassName().startsWith("example.")
                    && !frame.getClassName().endsWith("Entry")) {
                System.out.println(frame.getModuleName() + " " + frame.getFileName() + " "
                        + frame.toString().replaceAll("HIDDEN", ""));
            }
        }
        System.out.println(ProcessTraces.class + " " + ProcessTraces.class.toGenericString());
        System.out.println(new ProcessTraces[0].getClass() + " "
                + ProcessTraces.class.getModule().toString().replaceAll("@\\w+", ""));
        System.out.println(ProcessTraces.class.getProtectionDomain().getCodeSource());
        System.out.println(Thread.currentThread() + " " + Thread.currentThread().getStackTrace()[1]);
        atLoader();
        throw new IllegalStateException("uncaught", new Exception("cause"));
    }

    private static void atLoader() {
        ClassLoader loader = ProcessTraces.class.getClassLoader();
        System.out.println(
                "== loader " + loader.getName() + " " + loader.getClass().getName());
        System.out.println("== parent " + loader.getParent().getName());
        System.out.println("== frame " + new Exception().getStackTrace()[0].getClassLoaderName());
        try {
            System.out.println((Runnable) (Object) new ProcessTraces());
        } catch (ClassCastException e) {
            System.out.println(e.getMessage());
        }
        StackTraceElement[] frames = new Exception().getStackTrace();
        for (int i = 2; i < frames.length; i++) {
            System.out.println("== below main " + frames[i].getClassName() + "." + frames[i].getMethodName());
        }
    }
}
