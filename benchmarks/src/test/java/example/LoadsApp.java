package example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;

/**
 * Ranks that load different things at different times. Arguments: number of classes, seed, directory for marks, and {@code root-loads} or {@code
 * root-waits}.
 *
 * <pre>
 * every rank   prints "ready R PID" and waits for file go
 * rank 0       loads as the others do, or only waits for file release
 * rank 1       loads nothing and ends
 * others       load the classes {@code load.CNNN}, in an order of its own in each of 8 threads; rank 3 alone loads {@code load.A} as well
 * </pre>
 */
public final class LoadsApp {
    private static final int THREADS = 8;
    private static final int LONGEST_SECONDS = 40;
    private static final int STEP_MILLIS = 10;
    private static final int HANG = 4;

    private final int rank;
    private final int count;
    private final long seed;
    private final AtomicReferenceArray<Class<?>> found;
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    private LoadsApp(int rank, int count, long seed) {
        this.rank = rank;
        this.count = count;
        this.seed = seed;
        this.found = new AtomicReferenceArray<>(count);
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int rank = Integer.parseInt(System.getenv("OMPI_COMM_WORLD_RANK"));
        LoadsApp app = new LoadsApp(rank, Integer.parseInt(args[0]), Long.parseLong(args[1]));
        Path marks = Path.of(args[2]);
        System.out.println("ready " + rank + " " + ProcessHandle.current().pid());
        await(marks.resolve("go"));
        if (rank == 1) {
            System.out.println("rank 1 leaves");
        } else if (rank == 0 && args[3].equals("root-waits")) {
            await(marks.resolve("release"));
            System.out.println("rank 0 waited");
        } else {
            System.out.println(app.load());
        }
    }

    private static void await(Path mark) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (Files.notExists(mark)) {
            if (System.nanoTime() > until) {
                System.out.println("no " + mark);
                Runtime.getRuntime().halt(HANG);
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    private String load() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> loadAll(number, start, end));
            thread.setDaemon(true);
            thread.start();
        }
        start.countDown();
        if (!end.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            Thread.getAllStackTraces().forEach((thread, frames) -> System.out.println(thread + " " + List.of(frames)));
            Runtime.getRuntime().halt(HANG);
        }
        for (Throwable failure : failures) {
            failure.printStackTrace();
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += value(found.get(i));
        }
        String more = rank == 3 ? " A " + value(Class.forName("load.A")) : "";
        return "rank " + rank + " sum " + sum + " failures " + failures.size() + more;
    }

    private void loadAll(int number, CountDownLatch start, CountDownLatch end) {
        try {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random((seed * 64 + rank) * THREADS + number));
            start.await();
            for (int i : order) {
                Class<?> type = Class.forName(String.format("load.C%03d", i));
                found.compareAndSet(i, null, type);
                if (found.get(i) != type || type.getClassLoader() != LoadsApp.class.getClassLoader()) {
                    throw new IllegalStateException("two classes of one name: " + type);
                }
            }
        } catch (Throwable e) {
            failures.add(e);
        } finally {
            end.countDown();
        }
    }

    private static int value(Class<?> type) throws ReflectiveOperationException {
        return ((IntSupplier) type.getDeclaredConstructor().newInstance()).getAsInt();
    }
}
