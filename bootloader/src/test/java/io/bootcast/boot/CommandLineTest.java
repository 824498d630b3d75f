package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String DEFAULTS =
            "transport=auto store= max=9223372036854775807 live=[] native=[] files=[] keep=false timeout=300 report= abort=false"
                    + " verbose=false level=0 parentFirst=false rank=true classPath=. jar= main=Main";

    private static CommandLine line(Map<String, String> environment, String... arguments) {
        return CommandLine.of(arguments, environment);
    }

    private static String text(CommandLine line) {
        return "transport=" + line.transport() + " store=" + line.settings().store + " max=" + line.settings().maxBytes
                + " live=" + line.settings().live + " native=" + line.settings().nativeDirectories + " files="
                + line.settings().withFiles + " keep=" + line.settings().keep + " timeout="
                + line.settings().timeoutSeconds + " report=" + line.settings().report + " abort="
                + line.settings().abortOnError + " verbose=" + line.settings().verbose + " level="
                + line.threadLevel() + " parentFirst=" + line.parentFirst() + " rank=" + line.isRank()
                + " classPath=" + line.settings().classPath + " jar=" + line.jar() + " main=" + line.mainClass();
    }

    @Test
    void optionsWhenNoneIsGivenHaveTheirDefaults() {
        CommandLine line = line(Map.of(), "--", "Main");

        assertEquals(DEFAULTS, text(line));
        assertArrayEquals(new String[0], line.arguments());
    }

    @ParameterizedTest
    @CsvSource({
        "--transport, node, transport=auto, transport=node",
        "--transport, mpi, transport=auto, transport=mpi",
        "--transport, solo, transport=auto, transport=solo",
        "--store, /x, store=, store=/x",
        "--max-bytes, 0, max=9223372036854775807, max=0",
        "--live, /l, live=[], live=[/l]",
        "--native, /n::rel:, native=[], 'native=[/n, rel]'",
        "--with-files, /f, files=[], files=[/f]",
        "--with-files, /f:/g, files=[], 'files=[/f, /g]'",
        "--timeout, 1, timeout=300, timeout=1",
        "--report, r.json, report=, report=r.json",
        "--on-error, abort, abort=false, abort=true",
        "--on-error, fallback, abort=false, abort=false",
        "--thread-level, multiple, level=0, level=3",
        "--thread-level, serialized, level=0, level=2",
        "--thread-level, funneled, level=0, level=1",
        "--thread-level, single, level=0, level=0",
    })
    void optionWhenGivenAsArgumentOrVariableCounts(String option, String value, String without, String with) {
        String variable = "BOOTCAST_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        String expected = DEFAULTS.replace(without + " ", with + " ");

        String byArgument = text(line(Map.of(), option, value, "--", "Main"));
        String byVariable = text(line(Map.of(variable, value), "--", "Main"));
        String byEmptyVariable = text(line(Map.of(variable, ""), "--", "Main"));

        assertEquals(expected, byArgument);
        assertEquals(expected, byVariable);
        assertEquals(DEFAULTS, byEmptyVariable);
    }

    @ParameterizedTest
    @CsvSource({
        "--keep, keep=false, keep=true",
        "--verbose, verbose=false, verbose=true",
        "--parent-first, parentFirst=false, parentFirst=true",
        "--no-rank, rank=true, rank=false",
    })
    void switchWhenGivenCounts(String option, String without, String with) {
        String found = text(line(Map.of(), option, "--", "Main"));

        assertEquals(DEFAULTS.replace(without, with), found);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "yes, true", "0, false", "false, false", "'', false"})
    void switchWhenGivenAsVariableCountsUnlessItSaysNo(String value, boolean expected) {
        CommandLine line = line(Map.of("BOOTCAST_KEEP", value, "BOOTCAST_VERBOSE", value), "--", "Main");

        assertEquals(expected, line.settings().keep);
        assertEquals(expected, line.settings().verbose);
    }

    @Test
    void argumentWhenAVariableSaysOtherwiseWins() {
        Map<String, String> environment = Map.of("BOOTCAST_STORE", "/variable", "BOOTCAST_ON_ERROR", "abort");

        CommandLine line = line(environment, "--store", "/argument", "--on-error", "fallback", "--", "Main");

        assertEquals("/argument", line.settings().store);
        assertEquals(false, line.settings().abortOnError);
    }

    @Test
    void liveWhenGivenOftenAddsUp() {
        CommandLine line = line(Map.of("BOOTCAST_LIVE", "/v"), "--live", "/a", "--live", "/b", "--", "Main");

        assertEquals(List.of("/v", "/a", "/b"), line.settings().live);
    }

    @Test
    void nativeAndFilesWhenGivenOftenAddUp() {
        Map<String, String> environment = Map.of("BOOTCAST_NATIVE", "/v:/w", "BOOTCAST_WITH_FILES", "/x");

        CommandLine line = line(
                environment, "--native", "/a", "--with-files", "/b", "--native", "/c", "--with-files", "/d", "--", "M");

        assertEquals(List.of("/v", "/w", "/a", "/c"), line.settings().nativeDirectories);
        assertEquals(List.of("/x", "/b", "/d"), line.settings().withFiles);
    }

    @Test
    void libraryPathWhenTheJvmHasItsDefaultIsNotTheUsers() {
        String path = System.getProperty("java.library.path");

        CommandLine ours = line(System.getenv(), "--", "Main");
        CommandLine others = line(Map.of("LD_LIBRARY_PATH", "/other"), "--", "Main");

        assertEquals(path, ours.settings().libraryPath);
        assertEquals(false, ours.settings().libraryPathIsGiven);
        assertEquals(true, others.settings().libraryPathIsGiven);
    }

    @Test
    void argumentsWhenTheyLookLikeOptionsAreTheApplications() {
        CommandLine line = line(Map.of(), "--keep", "--", "Main", "--store", "--", "", "-cp");

        assertEquals("Main", line.mainClass());
        assertArrayEquals(new String[] {"--store", "--", "", "-cp"}, line.arguments());
    }

    @Test
    void jarWhenGivenIsTheClassPathAndLeavesAllArguments() {
        CommandLine line = line(Map.of("CLASSPATH", "/c"), "--jar", "app.jar", "--", "one", "two");

        assertEquals("app.jar", line.jar());
        assertEquals("", line.mainClass());
        assertEquals("app.jar", line.settings().classPath);
        assertArrayEquals(new String[] {"one", "two"}, line.arguments());
    }

    @ParameterizedTest
    @CsvSource({
        "--class-path /option, /option",
        "'', /tool",
    })
    void classPathWhenSetInManyPlacesIsTheNearest(String options, String expected) {
        Map<String, String> environment = Map.of("CLASSPATH", "/variable", "JDK_JAVA_OPTIONS", "-Dx=y -cp /tool");
        String[] arguments = (options + " -- Main").trim().split(" ");

        CommandLine line = line(environment, arguments);

        assertEquals(expected, line.settings().classPath);
    }

    @Test
    void classPathWhenOnlyTheVariableIsSetIsTheVariables() {
        CommandLine line = line(Map.of("CLASSPATH", "/variable:"), "--", "Main");

        assertEquals("/variable:", line.settings().classPath);
    }

    @Test
    void classPathWhenInAnArgumentFileIsFoundThere(@TempDir Path temporary) throws Exception {
        Path file = Files.writeString(temporary.resolve("args"), "-Xmx1g -cp \"/a b:/c\" Main x");

        CommandLine line = line(Map.of(), "--argument-file", file.toString(), "--", "Main");

        assertEquals("/a b:/c", line.settings().classPath);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--bogus x; 'unknown option: --bogus; see bootcast help'",
                "Main; 'option needs a value: Main; see bootcast help'",
                "--store; 'option needs a value: --store; see bootcast help'",
                "--store-limit 5; option is not part of this version: --store-limit",
                "--transport tcp; --transport has a value that it does not know: found=tcp expected=auto|mpi|node|solo",
                "--on-error retry; --on-error has a value that it does not know: found=retry expected=fallback|abort",
                "--thread-level 3; --thread-level has a value that it does not know: found=3"
                        + " expected=single|funneled|serialized|multiple",
                "--timeout 0; --timeout needs a number of at least 1: found=0",
                "--timeout 1.5; --timeout needs a number of at least 1: found=1.5",
                "--timeout 99999999999999999999; --timeout needs a number of at least 1: found=99999999999999999999",
                "--max-bytes -1; --max-bytes needs a number of at least 0: found=-1",
                "--max-bytes 1G; --max-bytes needs a number of at least 0: found=1G",
                "--argument-file /no/such/file; cannot read the argument file: file=/no/such/file",
            })
    void argumentsWhenTheyAreWrongAreAUsageFault(String arguments, String message) {
        BootcastException thrown = assertThrows(BootcastException.class, () -> line(Map.of(), arguments.split(" ")));

        assertEquals(Fault.USAGE, thrown.fault());
        assertEquals(message, thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOTCAST_TIMEOUT", "BOOTCAST_MAX_BYTES"})
    void variableWhenItIsWrongIsNamed(String variable) {
        BootcastException thrown =
                assertThrows(BootcastException.class, () -> line(Map.of(variable, "soon"), "--", "Main"));

        assertEquals(
                variable + " needs a number of at least " + (variable.endsWith("TIMEOUT") ? 1 : 0) + ": found=soon",
                thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOTCAST_STORE_LIMIT"})
    void variableWhenItsOptionIsNotPartOfThisVersionIsAUsageFault(String variable) {
        BootcastException thrown =
                assertThrows(BootcastException.class, () -> line(Map.of(variable, "1"), "--", "Main"));

        assertEquals(Fault.USAGE, thrown.fault());
        assertEquals("option is not part of this version: " + variable, thrown.getMessage());
    }

    @Test
    void timeoutWhenItIsTooLongForAClockIsAUsageFault() {
        String tooLong = Long.toString(Long.MAX_VALUE);

        BootcastException thrown =
                assertThrows(BootcastException.class, () -> line(Map.of(), "--timeout", tooLong, "--", "Main"));

        assertEquals("--timeout needs a number of at most 1000000000: found=" + tooLong, thrown.getMessage());
    }
}
