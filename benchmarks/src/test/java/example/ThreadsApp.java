package example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Says what a thread of each kind sees: its context class loader compared with the application's and with the system class loader, and what can be
 * found through it. The first argument is a native library to attach a thread with.
 */
public final class ThreadsApp {
    private ThreadsApp() {}

    /** A service with one provider on the class path. */
    public interface Service {}

    /** The provider. */
    public static final class Provider implements Service {}

    /** A handler that only the system class loader can find. */
    public static final class LogHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            System.out.println("handled " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static native void attach();

    public static void main(String[] arguments) throws Exception {
        System.load(arguments[0]);
        show("main");
        inThread("thread", new Thread(runnable("thread")));
        pools();
        CountDownLatch ran = new CountDownLatch(1);
        Timer timer = new Timer();
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        show("timer");
                        ran.countDown();
                    }
                },
                1);
        ran.await();
        timer.cancel();
        virtual();
        attach();
        systemLoader();
        Runtime.getRuntime().addShutdownHook(new Thread(runnable("shutdown hook")));
    }

    /** Called by the attached thread. */
    public static void attached() throws Exception {
        show("attached");
        Class<?> found = Class.forName("example.ThreadsApp$Provider");
        System.out.println("attached finds the application's class: " + (found == Provider.class));
    }

    private static void pools() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.submit(runnable("executor")).get();
        executor.shutdown();
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
        scheduled.schedule(runnable("scheduled"), 1, TimeUnit.MILLISECONDS).get();
        scheduled.shutdown();
        ThreadFactory platform = Executors.defaultThreadFactory();
        inThread("factory", platform.newThread(runnable("factory")));
        inPool("common pool", ForkJoinPool.commonPool());
        inPool("own fork-join pool", new ForkJoinPool(2));
        CountDownLatch ran = new CountDownLatch(1);
        CompletableFuture.runAsync(runnable("completable future")).thenRun(ran::countDown);
        ran.await();
        TreeSet<String> seen = new TreeSet<>();
        IntStream.range(0, 1_000).parallel().forEach(i -> {
            String text = describe(Thread.currentThread().getContextClassLoader());
            synchronized (seen) {
                seen.add(text);
            }
        });
        System.out.println("parallel stream " + seen);
    }

    /** Waits without helping: a thread that joins a task of the pool may run it itself. */
    private static void inPool(String kind, ForkJoinPool pool) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(() -> {
            show(kind);
            ran.countDown();
        });
        ran.await();
    }

    private static void inThread(String kind, Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
        System.out.println(kind + " ended");
    }

    private static void virtual() throws Exception {
        try {
            Thread thread = (Thread) Thread.class
                    .getMethod("startVirtualThread", Runnable.class)
                    .invoke(null, runnable("virtual thread"));
            thread.join();
        } catch (NoSuchMethodException e) {
            System.out.println("no virtual threads");
        }
    }

    private static Runnable runnable(String kind) {
        return () -> show(kind);
    }

    private static void show(String kind) {
        Thread thread = Thread.currentThread();
        String group = thread.getThreadGroup() == null
                ? "none"
                : thread.getThreadGroup().getName();
        System.out.println(kind + ": " + describe(thread.getContextClassLoader()) + " daemon=" + thread.isDaemon()
                + " group=" + group + " type=" + thread.getClass().getName());
    }

    private static String describe(ClassLoader loader) {
        if (loader == null) {
            return "no loader";
        }
        boolean same;
        try {
            same = loader.loadClass("example.ThreadsApp$Provider") == Provider.class;
        } catch (ClassNotFoundException e) {
            same = false;
        }
        return "application's=" + (loader == ThreadsApp.class.getClassLoader()) + " system's="
                + (loader == ClassLoader.getSystemClassLoader()) + " class=" + same + " resource="
                + (loader.getResource("example/ThreadsApp.class") != null);
    }

    private static void systemLoader() throws IOException {
        System.out.println("system loader is the application's: "
                + (ClassLoader.getSystemClassLoader() == ThreadsApp.class.getClassLoader()));
        try (InputStream in = ClassLoader.getSystemResourceAsStream("example/ThreadsApp.class")) {
            System.out.println("system resource: " + (in != null && in.read() == 0xCA));
        }
        Thread.currentThread().setContextClassLoader(null);
        List<String> providers = new ArrayList<>();
        for (Service service : ServiceLoader.load(Service.class)) {
            providers.add(service.getClass().getName());
        }
        System.out.println("providers without a context class loader: " + providers);
        Thread.currentThread().setContextClassLoader(ThreadsApp.class.getClassLoader());
        System.out.println("file systems: "
                + FileSystemProvider.installedProviders().stream()
                        .map(FileSystemProvider::getScheme)
                        .toList());
        Logger.getLogger("example").info("a log record");
    }
}
