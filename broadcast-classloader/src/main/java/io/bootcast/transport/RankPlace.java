package io.bootcast.transport;

import java.io.File;
import java.io.IOException;
import java.util.Map;

/**
 * A rank's place in its job. MPI takes one process there and never a second one: {@code MPI_Init} of a process that follows another in the same place
 * ({@code mpirun sh -c 'bootcast run A; bootcast run B'}) ends the job. So the first process leaves a file in the launcher's own directory of the job,
 * which is on the node and goes when the job does. A launcher without such a directory is trusted to know what it does.
 */
public final class RankPlace {
    private RankPlace() {}

    /** True if this process is the first that takes its place in the job, or if nobody can tell. One system call. */
    public static boolean take(Map<String, String> environment) {
        String directory = environment.get("PMIX_SERVER_TMPDIR");
        String job = environment.get("PMIX_NAMESPACE");
        String rank = environment.get("PMIX_RANK");
        if (directory == null || job == null || rank == null) {
            return true;
        }
        try {
            return new File(directory, "bootcast-" + job.replace('/', '_') + "." + rank).createNewFile();
        } catch (IOException e) {
            return true;
        }
    }
}
