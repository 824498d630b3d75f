package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    private static Map<String, String> environment(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(" ")) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    private static String text(Launcher launcher) {
        return launcher.name() + " rank " + launcher.rank() + " of " + launcher.size() + " job [" + launcher.job()
                + "] several " + launcher.severalPrograms() + " ranks " + launcher.promisesRanks();
    }

    @ParameterizedTest
    @CsvSource({
        "OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 PMIX_NAMESPACE=n7 OMPI_NUM_APP_CTX=1,"
                + "Open MPI rank 3 of 4 job [Open MPI-n7] several false ranks true",
        "PALS_RANKID=2 PALS_SIZE=8 PALS_APID=a1, PALS rank 2 of 8 job [PALS-a1] several false ranks true",
        "PALS_RANKID=2 PALS_APID=a1, PALS rank 2 of -1 job [PALS-a1] several false ranks true",
        "JSM_NAMESPACE_RANK=5 JSM_NAMESPACE_SIZE=6 JSM_NAMESPACE=1,"
                + "jsrun rank 5 of 6 job [jsrun-1] several false ranks true",
        "FLUX_TASK_RANK=1 FLUX_JOB_SIZE=2 FLUX_JOB_ID=f9, Flux rank 1 of 2 job [Flux-f9] several false ranks true",
        "PMI_RANK=0 PMI_SIZE=2 PMI_JOBID=j, PMI rank 0 of 2 job [PMI-j] several false ranks true",
        "SLURM_PROCID=7 SLURM_STEP_NUM_TASKS=9 SLURM_JOB_ID=11 SLURM_STEP_ID=2,"
                + "Slurm rank 7 of 9 job [Slurm-11.2] several false ranks true",
        "PMIX_RANK=1 PMIX_NAMESPACE=ns, PMIx rank 1 of -1 job [PMIx-ns] several false ranks true",
    })
    void rankWhenALauncherStartedItIsKnown(String variables, String expected) {
        Launcher launcher = Launcher.of(environment(variables));

        assertEquals(expected, text(launcher));
    }

    @ParameterizedTest
    @CsvSource({
        "OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1, Open MPI rank 0 of 1 job [] several false ranks false",
        "SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 SLURM_STEP_ID=0, Slurm rank 0 of 1 job [] several false ranks false",
        "OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=4 OMPI_NUM_APP_CTX=2,"
                + "Open MPI rank 0 of 4 job [] several true ranks false",
    })
    void rankWhenItSharesNothingPromisesNoRanks(String variables, String expected) {
        Launcher launcher = Launcher.of(environment(variables));

        assertEquals(expected, text(launcher));
    }

    @Test
    void rankWhenMpirunRunsInsideASlurmStepIsMpiruns() {
        Launcher launcher = Launcher.of(environment("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=2 SLURM_STEP_ID=0"
                + " SLURM_JOB_ID=5 OMPI_COMM_WORLD_RANK=6 OMPI_COMM_WORLD_SIZE=8 PMIX_RANK=6 PMIX_NAMESPACE=x"));

        assertEquals("Open MPI rank 6 of 8 job [Open MPI-x] several false ranks true", text(launcher));
    }

    @Test
    void batchScriptWhenNoStepWasStartedIsNoRank() {
        Launcher launcher = Launcher.of(environment("SLURM_PROCID=0 SLURM_NTASKS=64 SLURM_JOB_ID=5"));

        assertEquals("none rank -1 of -1 job [] several false ranks false", text(launcher));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "x", " 1", "1 ", "0x1", "9999999999", "+1", "١"})
    void rankWhenItsNumberIsGarbageIsNotSaid(String value) {
        Launcher launcher = Launcher.of(Map.of("OMPI_COMM_WORLD_RANK", value, "OMPI_COMM_WORLD_SIZE", "4"));

        assertSame(Launcher.NONE, launcher);
    }

    @Test
    void sizeWhenItIsGarbageIsNotSaid() {
        Launcher launcher = Launcher.of(Map.of("PMI_RANK", "1", "PMI_SIZE", "many"));

        assertEquals("PMI rank 1 of -1 job [] several false ranks true", text(launcher));
    }

    @Test
    void rankWhenNoLauncherIsThereIsNone() {
        Launcher launcher = Launcher.of(Map.of("HOME", "/root"));

        assertSame(Launcher.NONE, launcher);
        assertEquals("none rank -1 of -1 job [] several false ranks false", text(launcher));
    }
}
