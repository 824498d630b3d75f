package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderClassListTest {
    private static final String HELLO = "io/bootcast/build/archive/Hello";
    private static final String OURS = "for instance a 'io/bootcast/loader/BroadcastClassLoader'{0x00000000aa000000}]";

    @TempDir
    Path directory;

    /** Two lines of the JVM's log. */
    private static String loaded(String name, String source, String klass, String parents, String loader) {
        return "[0.1s][info ][class,load] " + name + " source: " + source + "\n[0.1s][debug][class,load]  klass: "
                + klass + parents + " loader: [loader data: 0x00007f00000000aa " + loader + " bytes: 9 checksum: 0a\n";
    }

    @Test
    void listHasClassesOfTheJdkAndOfTheBroadcastLoaderWithTheirParents() throws IOException {
        Path jar = SmallImage.in(directory).directory().resolve("home/lib/hello.jar");
        String source = jar.toUri().toString();
        Path log = Files.writeString(
                directory.resolve("log"),
                loaded("java.lang.Object", "shared objects file", "0x01", "", "of 'bootstrap']")
                        + loaded("java.io.Closeable", "jrt:/java.base", "0x02", " super: 0x01", "of 'bootstrap']")
                        + loaded("a.L$$Lambda$1/0x03", "a.L", "0x03", " super: 0x01", "of 'app' has a class holder]")
                        + loaded(
                                "other.Type",
                                "file:/x.jar",
                                "0x04",
                                " super: 0x01",
                                "for instance a 'other/Loader'{0x1}]")
                        + loaded(HELLO.replace('/', '.'), source, "0x05", " super: 0x01 interfaces: 0x02", OURS)
                        + loaded("child.OfOther", source, "0x06", " super: 0x04", OURS)
                        + loaded("not.InTheJar", source, "0x07", " super: 0x05", OURS));
        Path own = Files.writeString(directory.resolve("own"), "java/lang/Object\n@lambda-form-invoker [X] a b\n");
        Path list = directory.resolve("list");
        Path classes = directory.resolve("classes.jar");

        LoaderClassList.write(17, log, own, list, classes);

        assertEquals(
                List.of(
                        "java/lang/Object id: 0",
                        "java/io/Closeable id: 1",
                        HELLO + " id: 2 super: 0 interfaces: 1 source: " + classes,
                        "@lambda-form-invoker [X] a b"),
                Files.readAllLines(list));
        try (JarFile file = new JarFile(classes.toFile())) {
            assertEquals(
                    List.of(HELLO + ".class"),
                    file.stream().map(Object::toString).toList());
        }
    }
}
