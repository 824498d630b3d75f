package io.bootcast.leftover;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Descriptors of regular files, deleted ones too; not those that the JVM opens by itself. */
final class OpenFiles implements Kind {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final String jdk = System.getProperty("java.home") + "/";
    private final Set<String> classPath = classPath();

    @Override
    public String word() {
        return "file";
    }

    @Override
    public List<String> held() {
        List<String> held = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String file = regularFile(descriptor);
                if (!file.isEmpty() && !isOfJvm(file)) {
                    held.add(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return held;
    }

    @Override
    public boolean isJudgedAtOnce() {
        return true;
    }

    /** A file that only the garbage collector closes has been left open. */
    @Override
    public boolean settle(List<String> left) {
        return false;
    }

    /** Opened by the JVM when it needs it: the JDK's, the class path's, and what the kernel says of memory and processors. */
    private boolean isOfJvm(String file) {
        return file.startsWith(jdk)
                || file.startsWith("/proc/")
                || file.startsWith("/sys/")
                || classPath.contains(file);
    }

    /** The file behind a descriptor; empty for all that is no regular file. */
    private static String regularFile(Path descriptor) throws IOException {
        try {
            return Files.isRegularFile(descriptor)
                    ? Kind.path(Files.readSymbolicLink(descriptor).toString())
                    : "";
        } catch (NoSuchFileException e) {
            return ""; // the one that lists the descriptors
        }
    }

    /** The elements of the class path, and those that the manifests of its jars name: that is how Surefire passes them. */
    private static Set<String> classPath() {
        Set<String> all = new HashSet<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(element).toAbsolutePath();
            all.add(jar.toString());
            if (element.endsWith(".jar") && Files.isRegularFile(jar)) {
                all.addAll(manifestClassPath(jar));
            }
        }
        return all;
    }

    private static List<String> manifestClassPath(Path jar) {
        List<String> all = new ArrayList<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            Manifest manifest = opened.getManifest();
            String elements =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            if (elements != null) {
                for (String element : elements.split(" ")) {
                    all.add(Path.of(URI.create(jar.toUri().resolve(element).toString()))
                            .toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
