package example;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that signals end, or that handles signals. Arguments: what to do, and what that needs.
 *
 * <pre>
 * rank SIGNAL RANKS DIR     rank 1 sends itself the signal when all ranks have left their mark in DIR; the others wait for 30 s
 * mpirun SIGNAL RANKS DIR   rank 1 sends mpirun the signal then, and every rank waits; each has a hook, which waits for all the others' hooks
 * handle SIGNAL             handles the signal, and sends it to itself
 * dump                      asks itself for a thread dump, and ends when that is there
 * </pre>
 */
public final class SignalsApp {
    private static final int STEP_MILLIS = 10;
    private static final int LONG_MILLIS = 30_000;
    private static final int LONGEST_HOOK_MILLIS = 5_000;

    private SignalsApp() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        long self = ProcessHandle.current().pid();
        switch (args[0]) {
            case "rank" -> {
                addHook();
                awaitAll("rank", Integer.parseInt(args[2]), Path.of(args[3]), LONG_MILLIS);
                waitForSignal(args[1], self);
            }
            case "mpirun" -> {
                addHookOf(Integer.parseInt(args[2]), Path.of(args[3]));
                awaitAll("rank", Integer.parseInt(args[2]), Path.of(args[3]), LONG_MILLIS);
                waitForSignal(
                        args[1],
                        ProcessHandle.current().parent().map(ProcessHandle::pid).orElseThrow());
            }
            case "handle" -> {
                CountDownLatch came = new CountDownLatch(1);
                handle(args[1], () -> {
                    System.out.println("handles " + args[1]);
                    came.countDown();
                });
                send(args[1], self);
                came.await();
            }
            case "dump" -> {
                CountDownLatch came = new CountDownLatch(1);
                handle("USR2", came::countDown);
                send("QUIT", self);
                // Signals are answered one after the other, the lowest number first.
                send("USR2", self);
                came.await();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("main ends");
    }

    /** {@code sun.misc.Signal.handle}; by name, because the compiler warns of that class whatever one says. */
    private static void handle(String signal, Runnable handler) throws ReflectiveOperationException {
        Class<?> signals = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Object made = Proxy.newProxyInstance(
                SignalsApp.class.getClassLoader(), new Class<?>[] {handlers}, (proxy, method, arguments) -> {
                    handler.run();
                    return null;
                });
        signals.getMethod("handle", signals, handlers)
                .invoke(null, signals.getConstructor(String.class).newInstance(signal), made);
    }

    private static int rank() {
        return Integer.parseInt(System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "1"));
    }

    private static void addHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    }

    /** mpirun kills the others as soon as one rank has ended: none is to end before all have printed. */
    private static void addHookOf(int ranks, Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("hook");
            try {
                awaitAll("hook", ranks, directory, LONGEST_HOOK_MILLIS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static void awaitAll(String mark, int ranks, Path directory, int mostMillis)
            throws IOException, InterruptedException {
        Files.createFile(directory.resolve(mark + rank()));
        long end = System.nanoTime() + mostMillis * 1_000_000L;
        for (int other = 0; other < ranks; other++) {
            while (Files.notExists(directory.resolve(mark + other)) && System.nanoTime() < end) {
                Thread.sleep(STEP_MILLIS);
            }
        }
    }

    private static void waitForSignal(String signal, long pid) throws IOException, InterruptedException {
        if (rank() == 1) {
            send(signal, pid);
        }
        Thread.sleep(LONG_MILLIS);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }
}
