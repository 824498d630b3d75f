package io.bootcast.build.bundle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A few threads that keep no JVM alive and are gone when this is closed; an executor alone says that it has ended while its last thread is still there. */
final class Threads implements AutoCloseable {
    /** Milliseconds are enough, unless a file system hangs. */
    private static final long LONGEST_END_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final List<Thread> all = new ArrayList<>();
    private final ExecutorService executor;

    Threads(String name, int count) {
        this.executor = Executors.newFixedThreadPool(count, task -> started(name, task));
    }

    private synchronized Thread started(String name, Runnable task) {
        Thread thread = new Thread(task, name + "-" + all.size());
        thread.setDaemon(true);
        all.add(thread);
        return thread;
    }

    <T> Future<T> submit(Callable<T> task) {
        return executor.submit(task);
    }

    /** For a task whose failure is its own affair. */
    void start(Runnable task) {
        executor.execute(task);
    }

    /** What a thread made, or its failure as the caller's own. */
    static <T> T await(Future<T> made) throws IOException {
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(e);
        }
    }

    /** Interrupts them and waits for their end. */
    @Override
    public void close() {
        executor.shutdownNow();
        List<Thread> ending;
        synchronized (this) {
            ending = List.copyOf(all);
        }
        try {
            for (Thread thread : ending) {
                thread.join(LONGEST_END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
