package example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A program whose threads and shutdown hooks have something to do at its end. Arguments: what to do, and what that needs. Where the exit code is not 0,
 * rank 1 ends and the others wait for 30 s.
 *
 * <pre>
 * uncaught        another thread dies of an exception, then main returns
 * handler         an exception leaves main, and the program handles uncaught ones itself
 * goeson WAY      main ends in this way (return, throw); a thread that goes on loads classes and resources
 * goesonexit      main returns; a thread that goes on loads classes and resources, and exits with code 3
 * daemon          main returns while a daemon thread loads classes for ever
 * exit CODE       another thread exits while main waits
 * halt CODE       another thread halts while main waits
 * hooks WAY       main ends in this way (return, throw, exit0, exit3); hooks load classes and resources, one after the other
 * badhook         a hook dies of an exception, then main returns
 * haltinghook     a hook halts with code 4
 * </pre>
 */
public final class EndsApp {
    private static final int HOOKS = 6;
    private static final int HOOK_MILLIS = 100;
    private static final int LONG_MILLIS = 30_000;

    private EndsApp() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        String argument = args.length > 1 ? args[1] : "";
        switch (args[0]) {
            case "uncaught" -> inAnotherThread(EndsApp::fail).join();
            case "handler" -> {
                onlyRank1();
                Thread.setDefaultUncaughtExceptionHandler(
                        (thread, thrown) -> System.out.println("handled in " + thread.getName() + ": " + thrown));
                fail();
            }
            case "goeson" -> goOn(argument);
            case "goesonexit" -> {
                onlyRank1();
                afterMain(() -> {
                    load(1);
                    System.exit(3);
                });
            }
            case "daemon" -> daemon();
            case "exit" -> {
                onlyRank1();
                inAnotherThread(() -> System.exit(Integer.parseInt(argument)));
                Thread.sleep(LONG_MILLIS);
            }
            case "halt" -> {
                if (!argument.equals("0")) {
                    onlyRank1();
                }
                inAnotherThread(() -> Runtime.getRuntime().halt(Integer.parseInt(argument)));
                Thread.sleep(LONG_MILLIS);
            }
            case "hooks" -> hooks(argument);
            case "badhook" -> Runtime.getRuntime().addShutdownHook(new Thread(EndsApp::fail));
            case "haltinghook" -> {
                onlyRank1();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    System.out.println("halts");
                    Runtime.getRuntime().halt(4);
                }));
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("main ends");
    }

    private static void onlyRank1() throws InterruptedException {
        if (!System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "1").equals("1")) {
            Thread.sleep(LONG_MILLIS);
        }
    }

    private static Thread inAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void afterMain(Runnable work) {
        Thread main = Thread.currentThread();
        inAnotherThread(() -> {
            try {
                main.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            work.run();
        });
    }

    private static void fail() {
        throw new IllegalStateException("as asked");
    }

    private static void goOn(String way) throws InterruptedException {
        if (way.equals("throw")) {
            onlyRank1();
        }
        afterMain(() -> {
            load(0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> load(1)));
            System.out.println("the last thread ends");
        });
        if (way.equals("throw")) {
            fail();
        }
    }

    private static void daemon() throws InterruptedException {
        CountDownLatch loads = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            while (true) {
                EndsApp.class.getResource("/common.txt");
                loads.countDown();
            }
        });
        thread.setDaemon(true);
        thread.start();
        loads.await();
    }

    /** The order in which the JVM starts hooks is not known, so each waits for the one before. */
    private static void hooks(String way) throws InterruptedException {
        if (!way.equals("return") && !way.equals("exit0")) {
            onlyRank1();
        }
        CountDownLatch before = new CountDownLatch(0);
        for (int i = 0; i < HOOKS; i++) {
            int number = i;
            CountDownLatch awaited = before;
            CountDownLatch loaded = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    awaited.await();
                    Thread.sleep(HOOK_MILLIS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                load(number);
                loaded.countDown();
            }));
            before = loaded;
        }
        switch (way) {
            case "return" -> {}
            case "throw" -> fail();
            case "exit0" -> System.exit(0);
            case "exit3" -> System.exit(3);
            default -> throw new IllegalArgumentException(way);
        }
    }

    /** From jar {@code number}: its class, and its resource by URL; from all of them: the services. */
    private static void load(int number) {
        try {
            Object made = Class.forName("part.C00" + number).getConstructor().newInstance();
            String resource;
            try (InputStream in = EndsApp.class
                    .getResource("/part/resource" + number + ".txt")
                    .openStream()) {
                resource = new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
            }
            TreeSet<Object> services = new TreeSet<>();
            for (Supplier<?> service : ServiceLoader.load(Supplier.class, EndsApp.class.getClassLoader())) {
                services.add(service.get());
            }
            System.out.println(((Supplier<?>) made).get() + ", " + resource + ", " + services);
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
