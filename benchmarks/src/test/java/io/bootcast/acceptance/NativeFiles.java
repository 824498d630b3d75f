package io.bootcast.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * An application with native libraries, compiled by {@code gcc}:
 *
 * <pre>
 * lib/app.jar                    example.NativeApp
 * lib/libnativejar.so            beside the jar
 * native/libnativetop.so         what the program loads; RUNPATH $ORIGIN/../dep
 * native/libnativelink.so        a link that leads elsewhere: ../pkg/libnativelinked.so.1, which needs libnativemid.so.1, RUNPATH $ORIGIN/../dep
 * classes/libs/libnativeres.so   in a directory of the class path; RUNPATH $ORIGIN/../../resdep, a link to dep
 * dep/libnativemid.so.1          a link to libnativemid.so.1.0; RUNPATH $ORIGIN/deeper
 * dep/deeper/libnativeleaf.so
 * conf/app.txt
 * </pre>
 */
final class NativeFiles {
    private static final String[] CLASSES = {
        "NativeApp", "NativeApp$Found", "NativeApp$Other", "NativeApp$Child", "NativeApp$ChildLoader"
    };

    private final Path checkout;
    private final Path home;

    private NativeFiles(Path checkout, Path home) {
        this.checkout = checkout;
        this.home = home;
    }

    /** Makes all of it in {@code home}. */
    static void make(Path checkout, Path home) throws IOException {
        new NativeFiles(checkout, home).make();
    }

    private void make() throws IOException {
        for (String name : List.of("lib", "native", "classes/libs", "dep/deeper", "pkg", "conf")) {
            Files.createDirectories(home.resolve(name));
        }
        compile("dep/deeper/libnativeleaf.so", "nativeleaf.c");
        compile(
                "dep/libnativemid.so.1.0",
                "nativemid.c",
                "-Wl,-soname,libnativemid.so.1",
                "-L" + home + "/dep/deeper",
                "-lnativeleaf",
                "-Wl,-rpath,$ORIGIN/deeper");
        Files.createSymbolicLink(home.resolve("dep/libnativemid.so.1"), Path.of("libnativemid.so.1.0"));
        compileTop("native/libnativetop.so", "$ORIGIN/../dep");
        compileTop("lib/libnativejar.so", "$ORIGIN/../dep");
        compileTop("classes/libs/libnativeres.so", "$ORIGIN/../../resdep");
        Files.createSymbolicLink(home.resolve("resdep"), Path.of("dep"));
        compileTop("pkg/libnativelinked.so.1", "$ORIGIN/../dep");
        Files.createSymbolicLink(home.resolve("native/libnativelink.so"), Path.of("../pkg/libnativelinked.so.1"));
        Files.writeString(home.resolve("conf/app.txt"), "configured\n");
        makeJar();
    }

    private void compileTop(String library, String runPath) {
        compile(
                library,
                "nativetop.c",
                "-I" + System.getProperty("java.home") + "/include",
                "-I" + System.getProperty("java.home") + "/include/linux",
                home + "/dep/libnativemid.so.1",
                "-Wl,-rpath-link," + home + "/dep/deeper",
                "-Wl,-rpath," + runPath);
    }

    private void compile(String library, String source, String... options) {
        List<String> words = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-Wl,--enable-new-dtags", "-o"));
        words.add(home.resolve(library).toString());
        words.add(checkout.resolve("benchmarks/src/test/c").resolve(source).toString());
        words.addAll(List.of(options));
        Command.of(words).run().expect(0);
    }

    private void makeJar() throws IOException {
        try (OutputStream out = Files.newOutputStream(home.resolve("lib/app.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            for (String name : CLASSES) {
                String file = "example/" + name + ".class";
                jar.putNextEntry(new JarEntry(file));
                try (InputStream in = NativeFiles.class.getResourceAsStream("/" + file)) {
                    in.transferTo(jar);
                }
            }
        }
    }
}
