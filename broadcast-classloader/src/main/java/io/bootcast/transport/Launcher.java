package io.bootcast.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher's environment variables say about this process, before MPI is asked. -1 stands for "not said". The table is that of the
 * launchers' own manuals; the first line whose rank variable is set wins.
 */
public final class Launcher {
    private static final String[][] TABLE = {
        // name, rank, size, job
        {"Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "PMIX_NAMESPACE"},
        {"PALS", "PALS_RANKID", "PALS_SIZE", "PALS_APID"},
        {"jsrun", "JSM_NAMESPACE_RANK", "JSM_NAMESPACE_SIZE", "JSM_NAMESPACE"},
        {"Flux", "FLUX_TASK_RANK", "FLUX_JOB_SIZE", "FLUX_JOB_ID"},
        {"PMI", "PMI_RANK", "PMI_SIZE", "PMI_JOBID"},
        {"Slurm", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_JOB_ID"},
        {"PMIx", "PMIX_RANK", "PMIX_SIZE", "PMIX_NAMESPACE"},
    };

    /** Says nothing: no launcher was seen. */
    public static final Launcher NONE = new Launcher("none", -1, -1, "", false);

    private final String name;
    private final int rank;
    private final int size;
    private final String job;
    private final boolean severalPrograms;

    private Launcher(String name, int rank, int size, String job, boolean severalPrograms) {
        this.name = name;
        this.rank = rank;
        this.size = size;
        this.job = job;
        this.severalPrograms = severalPrograms;
    }

    /** What {@code environment} says. */
    public static Launcher of(Map<String, String> environment) {
        for (String[] row : TABLE) {
            int rank = number(environment.get(row[1]));
            if (rank >= 0 && !isBatchScript(row[0], environment)) {
                String job = environment.get(row[3]);
                return new Launcher(
                        row[0],
                        rank,
                        number(environment.get(row[2])),
                        job == null ? "" : row[0] + "-" + job + stepOf(row[0], environment),
                        number(environment.get("OMPI_NUM_APP_CTX")) > 1);
            }
        }
        return NONE;
    }

    /** Slurm gives a batch script, too, a number; only {@code srun} makes ranks, and they have a step. */
    private static boolean isBatchScript(String name, Map<String, String> environment) {
        return name.equals("Slurm") && environment.get("SLURM_STEP_ID") == null;
    }

    private static String stepOf(String name, Map<String, String> environment) {
        return name.equals("Slurm") ? "." + environment.get("SLURM_STEP_ID") : "";
    }

    private static int number(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    /** The launcher's name. */
    public String name() {
        return name;
    }

    /** This process's rank, or -1. */
    public int rank() {
        return rank;
    }

    /** The number of ranks, or -1. */
    public int size() {
        return size;
    }

    /** What names this run of the job on all its nodes, or an empty string. */
    public String job() {
        return job;
    }

    /** True if the ranks run different programs (MPMD): they do not share a class path. */
    public boolean severalPrograms() {
        return severalPrograms;
    }

    /** True if MPI is worth starting: more than one rank, all of one program. */
    public boolean promisesRanks() {
        return !severalPrograms && (size > 1 || size < 0 && rank >= 0);
    }
}
