package io.bootcast.path;

import io.bootcast.transport.ThreadTransport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Two hosts, one of them with little room, or that one alone; says how each rank ended and what is left on each host. */
final class FullNodeMain {
    private FullNodeMain() {}

    public static void main(String[] args) throws Exception {
        int[] hosts = args[2].equals("alone") ? new int[] {0} : new int[] {0, 0, 1, 1};
        Cluster cluster = new Cluster(Path.of(args[0]), hosts);
        Settings settings = Cluster.settings(args[1]);
        settings.abortOnError = args[2].equals("abort");
        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(settings);
        List<String> failures = Cluster.failures(outcomes);
        for (int rank = 0; rank < failures.size(); rank++) {
            Cluster.Rank value = outcomes.get(rank).value;
            System.out.println(value == null ? failures.get(rank) : value.hasImage ? "image" : value.outcome);
        }
        for (int host = 0; host <= hosts[hosts.length - 1]; host++) {
            System.out.println(
                    "left " + Arrays.toString(cluster.host(host).toFile().list()));
        }
    }
}
