package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryPathTest {
    @TempDir
    Path temporary;

    /** The oracle is the JVM: what a child says in whose environment {@code variable} is, unless that is "as it is". */
    private String answer(String variable, String option) throws Exception {
        Map<String, String> environment = new HashMap<>();
        if (!variable.equals("as it is")) {
            environment.put("LD_LIBRARY_PATH", variable);
        }
        if (!option.isEmpty()) {
            environment.put("JAVA_TOOL_OPTIONS", option);
        }
        List<String> lines =
                StockJava.run(environment, temporary, temporary.resolve("output"), ".", LibraryPathProbe.class);
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"as it is", "", "/x", "/x:/y/", ":", "/usr/java/packages/lib"})
    void pathWhenNobodyGivesItIsTheDefault(String variable) throws Exception {
        assertEquals("default true", answer(variable, ""));
    }

    @ParameterizedTest
    @CsvSource({"as it is,/n", "/n,/n", "/n,/n:/m", "/x,''", "as it is,relative", "/n,/usr/java/packages/lib:/n"})
    void pathWhenTheUserGivesItIsNotTheDefault(String variable, String given) throws Exception {
        assertEquals("default false", answer(variable, "-Djava.library.path=" + given));
    }

    @ParameterizedTest
    @CsvSource({"a:b,a|b", "a,a", "'',.", ":,.|.", "a:,a|.", "/x::y,/x|.|y"})
    void directoriesWhenPartsAreEmptyAreTheWorkingDirectory(String path, String expected) {
        assertEquals(List.of(expected.split("\\|")), LibraryPath.directories(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib,true",
        "/usr/lib/x86_64-linux-gnu/jni,true",
        "/lib64,true",
        "/usr/java/packages/lib,true",
        "/jdk/lib,true",
        "/jdk,true",
        "/usr/library,false",
        "/usr/local/lib,false",
        "/opt/lib,false",
        "/jdk-other/lib,false",
        "/,false"
    })
    void directoryWhenItIsTheSystemsOrTheJdksStaysAtHome(Path directory, boolean expected) {
        assertEquals(expected, LibraryPath.isSystem(directory, "/jdk"));
    }

    @Test
    void directoryWhenNoJdkIsKnownIsTheUsers() {
        assertEquals(false, LibraryPath.isSystem(Path.of("/opt/lib"), ""));
    }
}
