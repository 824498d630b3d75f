package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assertions, switched on by the command line and by the loader's methods. Oracle: a real {@code java -cp}. */
class AssertionsTest extends LoaderFixture {
    private static String checked(String name) {
        int dot = name.lastIndexOf('.');
        String head = dot < 0 ? "" : "package " + name.substring(0, dot) + "; ";
        String body = " { public static void check() { assert false : \"failed\"; } ";
        return head + "public class " + name.substring(dot + 1) + body + "public static class Inner" + body + "} }";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-da",
                "-ea",
                "-enableassertions",
                "-ea:p...",
                "-ea:p.A",
                "-ea:p.A$Inner",
                "-ea:...",
                "-ea -da:p.q...",
                "-ea:p... -da:p.B",
                "-esa",
                "-ea:nowhere... -da:p.A -ea:q..."
            })
    void assertionsWhenSwitchedAreThoseOfStockJava(String options) throws Exception {
        TestClasses sources = new TestClasses();
        for (String name : List.of(
                "p.A", "p.B", "p.q.C", "q.D", "Unnamed", "later.E", "later.F", "later.G", "later.H", "later.I",
                "other.J", "other.K")) {
            sources.add(name, checked(name));
        }
        Path jar = new TestJar().classes(sources.compile()).write(directory.resolve("a.jar"));

        List<String> said = new TwoJvms(directory)
                .options(options.split(" "))
                .assertSame(TwoJvms.path(jar, programJar(example.AssertionsApp.class)), "example.AssertionsApp");

        assertTrue(
                said.contains("default on: later.E desired=true on: java.lang.AssertionError: failed"), said::toString);
        assertTrue(
                said.contains("class on: later.G desired=true on: java.lang.AssertionError: failed"), said::toString);
        assertTrue(said.contains("cleared: later.I desired=false off"), said::toString);
    }
}
