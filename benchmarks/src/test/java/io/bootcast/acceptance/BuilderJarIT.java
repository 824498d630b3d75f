package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What root loads to read a bundle has all that it needs, and nothing twice. */
class BuilderJarIT {
    private static final Path LIB = Path.of(System.getProperty("bootcast.checkout"), "target", "bootcast", "lib");

    private static Set<String> names(String jar) throws IOException {
        try (JarFile file = new JarFile(LIB.resolve(jar).toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/") && !name.startsWith("META-INF/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void builderWhenPutTogetherRepeatsNothingOfTheJarBesideIt() throws IOException {
        Set<String> names = names("builder.jar");
        Set<String> others = names("bootcast.jar");

        others.retainAll(names);

        assertEquals(Set.of(), others);
        assertTrue(names.contains("io/bootcast/build/bundle/BundleReader.class"));
        assertTrue(names.stream().noneMatch(name -> name.startsWith("mpi/")));
    }

    @Test
    void builderWhenPutTogetherHasTheNativeLibraryOfBothMachines() throws IOException {
        List<String> found = names("builder.jar").stream()
                .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
                .map(name -> name.replaceFirst("-[0-9].*\\.so$", ".so"))
                .toList();

        assertEquals(List.of("linux/aarch64/libzstd-jni.so", "linux/amd64/libzstd-jni.so"), found);
    }
}
