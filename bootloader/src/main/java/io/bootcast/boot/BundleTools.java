package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.path.BundleFile;
import io.bootcast.path.Bundles;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Opens bundles with the reader in {@code builder.jar}, which lies beside {@code bootcast.jar}. It has a class loader of its own, so that the libraries it needs never meet the application's;
 * nothing of it is loaded, nor looked for, before a bundle is opened.
 */
final class BundleTools implements Bundles {
    private static final String NAME = "builder.jar";
    private static final String READER = "io.bootcast.build.bundle.BundleReader";

    private final String wrapper;
    private final String home;
    private final String namedJavaHome;

    /**
     * @param wrapper the script that started this process, which knows where Bootcast is installed, or empty
     */
    BundleTools(String wrapper, Map<String, String> environment) {
        this.wrapper = wrapper;
        this.home = environment.containsKey("BOOTCAST_HOME") ? environment.get("BOOTCAST_HOME") : "";
        this.namedJavaHome = environment.containsKey("JAVA_HOME") ? environment.get("JAVA_HOME") : "";
    }

    /** The home of this JVM as the user names it: the wrapper compares names before it asks the file system. Asks the file system, so only a node's leader may. */
    private String javaHome() {
        String real = System.getProperty("java.home");
        try {
            boolean same = !namedJavaHome.isEmpty()
                    && new File(namedJavaHome).getCanonicalPath().equals(new File(real).getCanonicalPath());
            return same ? namedJavaHome : real;
        } catch (IOException e) {
            return real;
        }
    }

    @Override
    public BundleFile open(File file) throws IOException {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {find().toURI().toURL()}, getClass().getClassLoader());
        try {
            return Class.forName(READER, /* initialize= */ true, loader)
                    .asSubclass(BundleFile.class)
                    .getConstructor(File.class)
                    .newInstance(file);
        } catch (InvocationTargetException e) {
            loader.close();
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            if (e.getCause() instanceof BootcastException) {
                throw (BootcastException) e.getCause();
            }
            throw damaged(e);
        } catch (ReflectiveOperationException | LinkageError e) {
            loader.close();
            throw damaged(e);
        }
    }

    /** Asks this node's JVM about the image's archives, and writes down what the wrapper goes by. */
    @Override
    public void staged(File image) {
        File own = new File(image, "runtime/bin/java");
        String home = own.canExecute() ? "" : javaHome();
        String java = own.canExecute() ? own.getPath() : home + "/bin/java";
        String answeredFor = own.canExecute() ? "" : home + "\n";
        try {
            File answered = new File(image, "launch/home");
            if (answered.exists()
                    && new String(Files.readAllBytes(answered.toPath()), StandardCharsets.UTF_8).equals(answeredFor)) {
                return;
            }
            ArchiveProbe.Probed probed = ArchiveProbe.probe(image, java);
            write(image, "launch/refused", probed.refused());
            write(image, "launch/defaults", probed.defaults());
            write(image, "launch/home", answeredFor);
        } catch (IOException e) {
            System.err.println("bootcast: class-data archives are not used on this node: file=" + image
                    + "/launch reason=" + BootcastException.reason(e));
        }
    }

    /** As a whole: ranks may be reading it. What a kill leaves behind lies where the store removes it. */
    private static void write(File image, String name, String text) throws IOException {
        File temporary = File.createTempFile("launch", "", new File(image, "../../tmp").getCanonicalFile());
        try (FileOutputStream out = new FileOutputStream(temporary)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        if (!temporary.renameTo(new File(image, name))) {
            throw new IOException("cannot rename " + temporary);
        }
    }

    private static BootcastException damaged(Throwable cause) {
        return new BootcastException(
                Fault.INSTALLATION, NAME + " cannot be used: " + cause + "; install Bootcast again", cause);
    }

    private File find() throws IOException {
        String own =
                getClass().getProtectionDomain().getCodeSource().getLocation().toString();
        List<File> places = new ArrayList<>();
        places.add(new File(URI.create(own)).getParentFile());
        if (!home.isEmpty()) {
            places.add(new File(home, "lib"));
        }
        if (!wrapper.isEmpty()) {
            addPlaces(new File(wrapper).getAbsoluteFile(), places);
            addPlaces(new File(wrapper).getCanonicalFile(), places);
        }
        for (File place : places) {
            File file = new File(place, NAME);
            if (file.exists()) {
                return file;
            }
        }
        throw new BootcastException(
                Fault.INSTALLATION,
                "no " + NAME + " in " + places + ": run scripts/setup && mvn package, or set BOOTCAST_HOME");
    }

    /** Where jars are in an installation, and in a checkout, that has this script. */
    private static void addPlaces(File script, List<File> places) {
        File root = script.getParentFile().getParentFile();
        if (root != null) {
            places.add(new File(root, "lib"));
            places.add(new File(root, "target/bootcast/lib"));
        }
    }
}
