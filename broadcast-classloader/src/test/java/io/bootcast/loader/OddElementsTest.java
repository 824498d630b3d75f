package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Elements of every kind on one class path. Oracle: a real {@code java -cp}. */
class OddElementsTest extends LoaderFixture {
    private static final int MORE_THAN_16_BITS = 65_600;

    private static byte[] type(String name) throws Exception {
        return TestClasses.renamed(TEMPLATE, "t0", name);
    }

    private static final byte[] TEMPLATE =
            new TestClasses().empty("t0.A").compile().get("t0.A");

    private static TestJar jarOf(String name) throws Exception {
        return new TestJar()
                .manifest("Created-By: " + name)
                .stored("common.txt", name)
                .deflated(name + "/d.txt", name.repeat(50))
                .stored(name + "/s.txt", name)
                .deflated(name + "/A.class", type(name));
    }

    @Test
    @Timeout(120)
    void elementsWhenTheyAreOddServeAsUnderStockJava() throws Exception {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        List<Object> classPath = new ArrayList<>();
        classPath.add(programJar(example.ResourcesApp.class));
        classPath.add(jarOf("j1").write(directory.resolve("plain.jar")));
        classPath.add(jarOf("j2").zip64().write(directory.resolve("zip64.jar")));
        classPath.add(jarOf("j3").prefix("#!/bin/sh\nexec java -jar $0\n").write(directory.resolve("shebang.jar")));
        classPath.add(jarOf("j4").comment("a comment PK\5\6 in the way").write(directory.resolve("comment.jar")));
        classPath.add(new TestJar().write(directory.resolve("no-entries.jar")));
        classPath.add(Files.writeString(directory.resolve("no-zip.jar"), "this is no jar"));
        classPath.add(Files.writeString(directory.resolve("empty-file.jar"), ""));
        classPath.add(directory.resolve("absent.jar"));
        classPath.add(directory.resolve("absent directory/"));
        classPath.add(Files.createDirectories(directory.resolve("empty")));
        classPath.add(resourceDirectory("classes", "common.txt", "c1/s.txt"));
        classPath.add(resourceDirectory("classes.jar", "common.txt", "c2/s.txt"));
        classPath.add(jarOf("j5").write(directory.resolve("without suffix")));
        for (String name : new String[] {"l1", "l2", "l3"}) {
            jarOf(name).write(lib.resolve(name + (name.equals("l2") ? ".JAR" : ".jar")));
        }
        jarOf("l4").write(lib.resolve("l4.zip"));
        classPath.add(lib + "/*");
        TestJar many = jarOf("j6");
        for (int i = 0; i < MORE_THAN_16_BITS; i++) {
            many.stored("many/" + i, "");
        }
        many.stored("many/last.txt", "last");
        classPath.add(many.write(directory.resolve("many.jar")));
        classPath.add("");
        List<String> names = new ArrayList<>(List.of(
                "common.txt",
                "META-INF/MANIFEST.MF",
                "META-INF/",
                "many/last.txt",
                "many/65599",
                "many/65600",
                "lib",
                "",
                "c1/",
                "c2/s.txt",
                "here.txt"));
        for (String name : new String[] {"j1", "j2", "j3", "j4", "j5", "j6", "l1", "l2", "l3", "l4"}) {
            names.addAll(List.of(name + "/d.txt", name + "/s.txt", name + "/A.class", name + "/", name));
        }

        Path current = resourceDirectory("current", "common.txt", "here.txt");
        List<String> said = new TwoJvms(directory)
                .in(current)
                .assertSame(TwoJvms.path(classPath.toArray()), "example.ResourcesApp", names.toArray(new String[0]));

        for (String name : new String[] {"j1", "j2", "j3", "j4", "j5", "j6", "l1", "l2", "l3"}) {
            assertTrue(
                    said.stream().anyMatch(line -> line.startsWith("    class " + name + ".A here file:")),
                    () -> name + " in " + said);
        }
        assertTrue(said.contains("    java.lang.ClassNotFoundException: l4.A"), said::toString);
    }

    @Test
    void jarWhenItIsSignedAndOddServesAsUnderStockJava() throws Exception {
        Path plain = jarOf("j1").write(directory.resolve("sp ace#%!ä.jar"));
        Signer.get().sign(plain, "ONE");
        byte[] signed = Files.readAllBytes(plain);
        byte[] shell = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
        byte[] prefixed = Arrays.copyOf(shell, shell.length + signed.length);
        System.arraycopy(signed, 0, prefixed, shell.length, signed.length);
        Path shebang = Files.write(directory.resolve("shebang.jar"), prefixed);
        for (Path jar : new Path[] {plain, shebang}) {
            String classPath = TwoJvms.path(programJar(example.SignersApp.class, example.ResourcesApp.class), jar);

            List<String> signers = new TwoJvms(directory).assertSame(classPath, "example.SignersApp", "j1.A");
            new TwoJvms(directory).assertSame(classPath, "example.ResourcesApp", "j1/A.class", "j1/s.txt", "j1/d.txt");

            assertTrue(signers.get(0).startsWith("j1.A CN=ONE file:"), signers::toString);
        }
    }
}
