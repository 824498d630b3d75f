package example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import mpi.Comm;
import mpi.MPI;
import mpi.MPIException;

/**
 * A program that uses MPI from several threads, too early and too late, and prints what it gets. Argument: what to do.
 *
 * <pre>
 * early                  calls before Init and after Finalize, in main and in another thread
 * refused                a call before Init whose exception leaves main
 * level                  Init, and what level it gave
 * elsewhere LEVEL        another thread calls InitThread, talks and calls Finalize
 * again                  Init; another thread calls Finalize; Finalize and Init again
 * after                  Init; main returns; a thread that goes on talks and calls Finalize
 * late                   main returns; a thread that goes on calls InitThread, talks and calls Finalize
 * hook                   Init; a shutdown hook talks and calls Finalize
 * asking                 no Init; a shutdown hook asks what it may
 * errors                 Init, and calls that MPI refuses
 * abort CODE             Init; rank 1 aborts the job; the other ranks wait for 30 s
 * exit CODE              Init; main of rank 1 waits for a message that nobody sends, and another thread exits; the other ranks wait for 30 s
 * </pre>
 */
public final class ThreadsMpiApp {
    private static final int LONG_MILLIS = 30_000;

    private ThreadsMpiApp() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "early" -> early();
            case "refused" -> MPI.COMM_WORLD.barrier();
            case "level" -> {
                MPI.Init(args);
                System.out.println("query=" + MPI.queryThread());
                MPI.Finalize();
            }
            case "elsewhere" -> elsewhere(Integer.parseInt(args[1]));
            case "again" -> again();
            case "after" -> {
                MPI.Init(args);
                goOn(/* initialises= */ false);
            }
            case "late" -> goOn(/* initialises= */ true);
            case "hook" -> {
                MPI.Init(args);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> print("in a hook", ThreadsMpiApp::finish)));
            }
            case "asking" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> ask("in a hook")));
            case "errors" -> errors();
            case "abort" -> {
                MPI.Init(args);
                MPI.COMM_WORLD.barrier();
                if (MPI.COMM_WORLD.getRank() == 1) {
                    MPI.COMM_WORLD.abort(Integer.parseInt(args[1]));
                }
                Thread.sleep(LONG_MILLIS);
            }
            case "exit" -> exitWhileMainWaits(Integer.parseInt(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Something that is printed: its result or its exception. */
    private interface Question {
        Object answer() throws Exception;
    }

    private static void print(String what, Question question) {
        Object answer;
        try {
            answer = question.answer();
        } catch (Exception | Error e) {
            answer = e instanceof MPIException ? e + " class=" + ((MPIException) e).getErrorClass() : e;
        }
        System.out.println(what + ": " + answer);
    }

    private static void ask(String when) {
        print(when + " isInitialized", MPI::isInitialized);
        print(when + " isFinalized", MPI::isFinalized);
        print(when + " queryThread", MPI::queryThread);
        print(when + " isThreadMain", MPI::isThreadMain);
        print(when + " wtime", () -> MPI.wtime() != 0);
        print(when + " getRank", () -> MPI.COMM_WORLD.getRank());
        print(when + " commit", () -> {
            MPI.INT.commit();
            return "done";
        });
    }

    private static void inAnotherThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    private static void early() throws Exception {
        ask("at first");
        inAnotherThread(() -> ask("at first elsewhere"));
        print("Finalize", () -> {
            MPI.Finalize();
            return "done";
        });
        MPI.Init(new String[0]);
        ask("between");
        inAnotherThread(() -> ask("between elsewhere"));
        MPI.Finalize();
        ask("at last");
        inAnotherThread(() -> ask("at last elsewhere"));
    }

    /** The other thread lives until the end: MPI tells threads by a number that the next thread may get. */
    private static void elsewhere(int level) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Object> provided = new AtomicReference<>();
        Thread other = new Thread(() -> {
            print("InitThread", () -> {
                provided.set(MPI.InitThread(new String[0], level));
                return provided;
            });
            ask("elsewhere");
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            print("talk", ThreadsMpiApp::talk);
            print("finish", ThreadsMpiApp::finish);
        });
        other.start();
        while (provided.get() == null) {
            Thread.onSpinWait();
        }
        while (other.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        ask("in main");
        asked.countDown();
        other.join();
    }

    private static void again() throws Exception {
        MPI.Init(new String[0]);
        inAnotherThread(() -> print("finish elsewhere", ThreadsMpiApp::finish));
        print("finish again", ThreadsMpiApp::finish);
        print("Init again", () -> MPI.Init(new String[0]));
        print("InitThread again", () -> MPI.InitThread(new String[0], MPI.THREAD_SINGLE));
    }

    private static void errors() throws MPIException {
        MPI.Init(new String[0]);
        int[] values = new int[1];
        for (Comm comm : new Comm[] {MPI.COMM_WORLD, MPI.COMM_SELF, MPI.COMM_WORLD.dup()}) {
            comm.setErrhandler(MPI.ERRORS_RETURN);
            print("send to nobody", () -> {
                comm.send(values, 1, MPI.INT, MPI.COMM_WORLD.getSize(), 0);
                return "sent";
            });
            print("negative tag", () -> {
                comm.send(values, 1, MPI.INT, 0, -2);
                return "sent";
            });
        }
        print("null", () -> MPI.COMM_WORLD.iProbe(MPI.ANY_SOURCE, -2));
        MPI.Finalize();
    }

    private static void goOn(boolean initialises) {
        Thread main = Thread.currentThread();
        new Thread(() -> {
                    print("join", () -> {
                        main.join();
                        return main.isAlive();
                    });
                    if (initialises) {
                        print("InitThread", () -> MPI.InitThread(new String[0], MPI.THREAD_SERIALIZED));
                    }
                    print("talk", ThreadsMpiApp::talk);
                    print("finish", ThreadsMpiApp::finish);
                })
                .start();
    }

    private static String talk() throws MPIException {
        int rank = MPI.COMM_WORLD.getRank();
        int[] sum = {rank + 1};
        MPI.COMM_WORLD.allReduce(sum, 1, MPI.INT, MPI.SUM);
        return "rank=" + rank + " sum=" + sum[0];
    }

    private static String finish() throws MPIException {
        MPI.Finalize();
        return "initialized=" + MPI.isInitialized() + " finalized=" + MPI.isFinalized();
    }

    private static void exitWhileMainWaits(int code) throws Exception {
        MPI.InitThread(new String[0], MPI.THREAD_SERIALIZED);
        MPI.COMM_WORLD.barrier();
        if (MPI.COMM_WORLD.getRank() != 1) {
            Thread.sleep(LONG_MILLIS);
        }
        Thread main = Thread.currentThread();
        new Thread(() -> {
                    while (!isInMpi(main)) {
                        Thread.onSpinWait();
                    }
                    System.out.println("exits");
                    System.exit(code);
                })
                .start();
        MPI.COMM_WORLD.recv(new int[1], 1, MPI.INT, 0, 0);
    }

    private static boolean isInMpi(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith("mpi.") && frames[0].isNativeMethod();
    }
}
