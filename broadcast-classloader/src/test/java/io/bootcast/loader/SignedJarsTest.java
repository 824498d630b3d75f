package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import io.bootcast.leftover.LeavesToCollector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed jars. Oracle: {@code URLClassLoader} over the originals, asked for the same names in the same order; and a real {@code java -cp}. */
class SignedJarsTest {
    private static final String[] ASKED = {
        "p.A", "p.B", "p.A", "q.C", "Unnamed", "p.Added", "fresh.Added", "p.Missing", "p.B$Inner"
    };
    private static final String[] RESOURCES = {
        "p/r.txt",
        "p/A.class",
        "META-INF/MANIFEST.MF",
        "p/",
        "p",
        "META-INF/ONE.SF",
        "META-INF/ONE.RSA",
        "p/added.txt",
        "missing"
    };

    private static Signer signer;

    @TempDir
    Path temporary;

    private Path directory;
    private Path store;

    @BeforeAll
    static void makeKeys() throws Exception {
        signer = Signer.get();
    }

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
        store = directory.resolve("store");
    }

    private Path jar(String file, String... manifest) throws Exception {
        TestClasses classes = new TestClasses()
                .empty("p.A")
                .add("p.B", "package p; public class B { public static class Inner {} }")
                .empty("q.C")
                .empty("Unnamed");
        return new TestJar()
                .manifest(manifest)
                .directory("p/")
                .classes(classes.compile())
                .deflated("p/r.txt", "a resource")
                .write(directory.resolve(file));
    }

    /** What loading gives: who signed the class and what its package says, or the exception. */
    private static String load(ClassLoader loader, String name) {
        try {
            Class<?> loaded = loader.loadClass(name);
            CodeSource source = loaded.getProtectionDomain().getCodeSource();
            Package in = loaded.getPackage();
            return loaded + " " + source.getLocation() + " certificates "
                    + Arrays.toString(source.getCertificates()).hashCode() + " signers "
                    + Arrays.toString(source.getCodeSigners()).hashCode() + " "
                    + (source.getCodeSigners() == null ? "none" : source.getCodeSigners().length) + " " + in + " "
                    + in.getImplementationTitle() + " " + in.isSealed();
        } catch (Throwable e) {
            return e.getClass().getName() + ": " + e.getMessage() + " package " + definedPackage(loader, name);
        }
    }

    private static Package definedPackage(ClassLoader loader, String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? null : loader.getDefinedPackage(className.substring(0, dot));
    }

    /** What reading gives, by the loader's stream and by the URL. */
    private static String read(ClassLoader loader, String name) {
        try {
            URL url = loader.getResource(name);
            String stream = content(loader.getResourceAsStream(name));
            return stream + " url " + (url == null ? "none" : content(url));
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static String content(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try {
            return content(connection.getInputStream());
        } catch (IOException | SecurityException e) {
            return e.getClass().getName();
        }
    }

    private static String content(InputStream stream) {
        try (InputStream in = stream) {
            return in == null ? "none" : String.valueOf(Arrays.hashCode(in.readAllBytes()));
        } catch (IOException | SecurityException e) {
            return e.toString();
        }
    }

    private List<String> assertAsStock(Path... classPath) throws IOException {
        try (TestImage image = TestImage.of(store, (Object[]) classPath)) {
            List<String> expected = new ArrayList<>();
            List<String> found = new ArrayList<>();
            for (String name : ASKED) {
                expected.add(name + " " + load(image.stock(), name));
                found.add(name + " " + load(image.loader(), name));
            }
            for (String name : RESOURCES) {
                expected.add(name + " " + read(image.stock(), name));
                found.add(name + " " + read(image.loader(), name));
            }
            assertEquals(String.join("\n", expected), String.join("\n", found));
            return found;
        }
    }

    @Test
    void classesWhenTheirJarIsSignedHaveItsSigners() throws Exception {
        Path jar = signer.sign(jar("a.jar", "Implementation-Title: signed"), "ONE");
        try (TestImage image = TestImage.of(store, jar)) {
            for (String name : new String[] {"p.A", "p.B", "q.C", "Unnamed"}) {
                CodeSource expected =
                        image.stock().loadClass(name).getProtectionDomain().getCodeSource();
                assertEquals(1, expected.getCodeSigners().length);

                CodeSource found =
                        image.loader().loadClass(name).getProtectionDomain().getCodeSource();

                assertEquals(expected, found);
                assertEquals(Arrays.asList(expected.getCodeSigners()), Arrays.asList(found.getCodeSigners()));
                assertEquals(Arrays.asList(expected.getCertificates()), Arrays.asList(found.getCertificates()));
                assertEquals(
                        image.stock().loadClass(name).getSigners().length,
                        image.loader().loadClass(name).getSigners().length);
            }
        }
    }

    @Test
    void protectionDomainWhenSignersDifferIsOneEach() throws Exception {
        Path jar = SignedJarDeed.add(signer.sign(jar("a.jar"), "ONE"), "unsigned.A", "unsigned.B");
        try (TestImage image = TestImage.of(store, jar)) {
            ProtectionDomain signed = image.loader().loadClass("p.A").getProtectionDomain();
            ProtectionDomain unsigned = image.loader().loadClass("unsigned.A").getProtectionDomain();

            assertSame(signed, image.loader().loadClass("q.C").getProtectionDomain());
            assertSame(unsigned, image.loader().loadClass("unsigned.B").getProtectionDomain());
            assertNotSame(signed, unsigned);
            assertNotNull(signed.getCodeSource().getCertificates());
            assertNull(unsigned.getCodeSource().getCertificates());
        }
    }

    @ParameterizedTest
    @EnumSource
    @LeavesToCollector("JarURLConnection, of the jar that it opened, when the signature is bad")
    void signedJarWhenSomethingWasDoneToItIsAnsweredAsByStock(SignedJarDeed deed) throws Exception {
        Path jar = deed.to(signer.sign(jar("a.jar", "Implementation-Title: signed"), "ONE"));
        Path other = jar("other.jar", "Implementation-Title: other");

        assertAsStock(jar, other);
    }

    @Test
    void classWhenItWasAlteredIsRefusedInTheJdksWords() throws Exception {
        Path jar = SignedJarDeed.CLASS_ALTERED.to(signer.sign(jar("a.jar"), "ONE"));
        try (TestImage image = TestImage.of(store, jar)) {
            SecurityException thrown =
                    assertThrows(SecurityException.class, () -> image.loader().loadClass("p.B"));
            SecurityException again =
                    assertThrows(SecurityException.class, () -> image.loader().loadClass("p.B"));

            assertTrue(thrown.getMessage().matches("SHA-?(256|384) digest error for p/B[.]class"), thrown.getMessage());
            assertEquals(thrown.getMessage(), again.getMessage());
            assertNotNull(image.loader().loadClass("p.A").getSigners());
        }
    }

    @Test
    void resourceWhenItWasAlteredIsRefusedWhenItIsRead() throws Exception {
        Path jar = SignedJarDeed.RESOURCE_ALTERED.to(signer.sign(jar("a.jar"), "ONE"));
        try (TestImage image = TestImage.of(store, jar);
                InputStream in = image.loader().getResourceAsStream("p/r.txt")) {
            assertThrows(SecurityException.class, in::readAllBytes);
            assertEquals(
                    "p/B.class",
                    image.loader().getResource("p/B.class").getPath().replaceAll(".*!/", ""));
        }
    }

    @Test
    void packageWhenItsSignersAreMixedRefusesTheSecond() throws Exception {
        Path one = signer.sign(jar("one.jar"), "ONE");
        Path two = signer.sign(jar("two.jar"), "TWO");
        Path none = jar("none.jar");
        for (List<Path> order : List.of(List.of(one, two), List.of(two, one), List.of(one, none), List.of(none, one))) {
            Path first = Signer.alter(Files.copy(order.get(0), directory.resolve("first.jar")), "p/B.class", null);
            List<String> said = assertAsStock(first, order.get(1));

            assertEquals(
                    "p.B java.lang.SecurityException: class \"p.B\"'s signer information does not match signer information"
                            + " of other classes in the same package package package p",
                    said.get(1));
            Files.delete(first);
        }
    }

    @Test
    void signersWhenTheyAreTwoAreBothThere() throws Exception {
        Path jar = signer.sign(signer.sign(jar("a.jar"), "ONE"), "CURVE");
        Path partly = jar("partly.jar");
        signer.sign(partly, "ONE");
        SignedJarDeed.add(partly, "fresh.Added");
        signer.sign(partly, "TWO");

        assertTrue(assertAsStock(jar).get(0).contains(" 2 package p"));
        List<String> said = assertAsStock(partly);
        assertTrue(said.get(0).contains(" 2 package p"), said.get(0));
        assertTrue(said.get(6).contains(" 1 package fresh"), said.get(6));
    }

    /** Weak ones count as none; the JDK decides which are weak. */
    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-1", "SHA-256", "SHA-512"})
    void digestWhenItIsWeakIsTreatedAsByStock(String digest) throws Exception {
        Path jar = Signer.sign(jar("a.jar"), signer.builder("ONE").digestAlgorithm(digest));
        Path altered = SignedJarDeed.CLASS_ALTERED.to(Files.copy(jar, directory.resolve("altered.jar")));

        assertAsStock(jar);
        assertAsStock(altered);
    }

    @Test
    void signatureWhenItHoldsItsFileIsTreatedAsByStock() throws Exception {
        Path jar = Signer.sign(jar("a.jar"), signer.builder("ONE").setProperty("internalsf", "true"));

        assertAsStock(jar);
        assertAsStock(Signer.alter(jar, "META-INF/ONE.SF", null));
    }

    @Test
    void multiReleaseJarWhenItIsSignedGivesTheRunningReleaseWithItsSigners() throws Exception {
        byte[] plain = new TestClasses().empty("p.A").compile().get("p.A");
        byte[] eleven = new TestClasses()
                .add("p.A", "package p; public class A { public int eleven; }")
                .compile()
                .get("p.A");
        String versioned = "META-INF/versions/11/p/A.class";
        Path jar = new TestJar()
                .manifest("Multi-Release: true")
                .deflated("p/A.class", plain)
                .deflated(versioned, eleven)
                .deflated("p/r.txt", "base")
                .deflated("META-INF/versions/11/p/r.txt", "eleven")
                .write(directory.resolve("mr.jar"));
        signer.sign(jar, "ONE");

        assertTrue(assertAsStock(jar).get(0).contains(" 1 package p"));
        try (TestImage image = TestImage.of(store, jar)) {
            assertEquals(1, image.loader().loadClass("p.A").getFields().length);
        }
        Signer.alter(jar, versioned, plain);
        assertAsStock(jar);
        Signer.alter(jar, "META-INF/versions/11/p/r.txt", "altered".getBytes(StandardCharsets.UTF_8));
        assertAsStock(jar);
    }

    @Test
    void sealedPackageWhenItsJarIsSignedStaysSealed() throws Exception {
        Path sealed = signer.sign(jar("sealed.jar", "Sealed: true", "Implementation-Title: sealed"), "ONE");
        Signer.alter(sealed, "p/B.class", null);
        Path open = signer.sign(jar("open.jar"), "ONE");

        List<String> said = assertAsStock(sealed, open);

        assertTrue(said.get(1).startsWith("p.B java.lang.SecurityException: sealing violation"), said.get(1));
    }

    @Test
    void jarWhenItIsInStockJavaIsTreatedAlike() throws Exception {
        Path jar = SignedJarDeed.CLASS_ALTERED.to(signer.sign(jar("a.jar", "Implementation-Title: signed"), "ONE"));
        SignedJarDeed.add(jar, "p.Added", "fresh.Added");
        Path program =
                new TestJar().classes(TestClasses.of(example.SignersApp.class)).write(directory.resolve("program.jar"));

        List<String> said = new TwoJvms(directory).assertSame(TwoJvms.path(program, jar), "example.SignersApp", ASKED);

        assertTrue(said.get(0).startsWith("p.A CN=ONE "), said.get(0));
        assertTrue(said.get(1).startsWith("p.B java.lang.SecurityException: SHA"), said.get(1));
    }

    @Test
    @Timeout(60)
    void loadClassWhenManyThreadsAskASignedJarGivesOneClass() throws Exception {
        int count = 100;
        byte[] template = new TestClasses().empty("p.C000").compile().get("p.C000");
        TestJar made = new TestJar().manifest();
        for (int i = 100; i < 100 + count; i++) {
            made.deflated("p/C" + i + ".class", TestClasses.renamed(template, "p/C000", "p/C" + i));
        }
        Path jar = signer.sign(made.write(directory.resolve("a.jar")), "ONE");
        ExecutorService pool = Executors.newFixedThreadPool(21);
        try (TestImage image = TestImage.of(store, jar)) {
            List<Future<Class<?>>> all = new ArrayList<>();
            for (int i = 0; i < 21 * count; i++) {
                String name = "p.C" + (100 + i * 7 % count);
                all.add(pool.submit(() -> image.loader().loadClass(name)));
            }
            for (Future<Class<?>> one : all) {
                assertSame(one.get(), image.loader().loadClass(one.get().getName()));
                assertEquals(1, one.get().getSigners().length);
            }
            assertEquals(count, image.loader().counts().classHits());
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        }
    }
}
