package example;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.pcj.PCJ;
import org.pcj.PcjFuture;
import org.pcj.RegisterStorage;
import org.pcj.StartPoint;
import org.pcj.Storage;

/**
 * One PCJ job, a JVM per rank: each is the node whose port is its own. Messages carry objects of the application's classes and tasks to run at
 * another node, which PCJ reads in threads of its own.
 */
@RegisterStorage(PcjApp.Shared.class)
public final class PcjApp implements StartPoint {
    private static final int NUMBERS = 1000;

    private double[] part;
    private Letter letter;

    @Storage(PcjApp.class)
    enum Shared {
        part,
        letter
    }

    /** What goes from node to node. */
    record Letter(int from, String text) implements java.io.Serializable {}

    /** The arguments are the nodes' ports. */
    public static void main(String[] ports) {
        // How often nodes that wait for each other say so depends on the machine.
        Logger log = Logger.getLogger("org.pcj");
        log.setLevel(Level.SEVERE);
        int rank = Integer.parseInt(System.getenv("OMPI_COMM_WORLD_RANK"));
        System.setProperty("pcj.port", ports[rank]);
        System.setProperty("pcj.init.retry.delay", "1");
        var job = PCJ.executionBuilder(PcjApp.class);
        for (String port : ports) {
            job = job.addNode("localhost:" + port);
        }
        job.start();
        System.out.println("node " + rank + " done " + log.getLevel());
    }

    @Override
    public void main() throws Throwable {
        int me = PCJ.myId();
        int all = PCJ.threadCount();
        part = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            part[i] = (me + 1) * (double) i;
        }
        PCJ.barrier();
        PCJ.put(new Letter(me, "from " + me + " of " + all), (me + 1) % all, Shared.letter);
        PCJ.waitFor(Shared.letter);
        System.out.println("node " + me + " has a letter: " + letter);
        PCJ.barrier();
        if (me == 0) {
            double sum = 0;
            for (int i = 0; i < all; i++) {
                PcjFuture<double[]> far = PCJ.asyncGet(i, Shared.part);
                for (double number : far.get()) {
                    sum += number;
                }
            }
            System.out.println("sum " + sum);
            String answer = PCJ.at(all - 1, () -> "asked by 0, answered by " + PCJ.myId());
            System.out.println(answer);
        }
        PCJ.barrier();
    }
}
