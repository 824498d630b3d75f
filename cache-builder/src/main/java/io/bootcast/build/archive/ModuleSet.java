package io.bootcast.build.archive;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The modules of the JDK that an application needs: what its jars name, what trial runs loaded, and the providers of services that the JDK's own classes look for without naming them.
 *
 * <p>Not by jdeps: given a jar that is a module and requires one that is absent, as optional dependencies are, it ends with an exception and says nothing of the others.
 *
 * <p>The providers are a list, not {@code jlink --bind-services}: that one follows the services of each module that it adds, and ends with nearly the whole JDK, compiler included.
 */
public final class ModuleSet {
    private static final URI RUNTIME_IMAGE = URI.create("jrt:/");

    /** Elliptic curves for TLS, PKCS#11, charsets, locales, zip file systems, DNS, Kerberos, agents, debuggers, JFR, jcmd and JMX; a JDK that has one no more has it in java.base. */
    private static final Set<String> PROVIDERS = Set.of(
            "java.instrument",
            "java.management",
            "java.naming",
            "java.security.jgss",
            "java.security.sasl",
            "jdk.attach",
            "jdk.charsets",
            "jdk.crypto.cryptoki",
            "jdk.crypto.ec",
            "jdk.jdwp.agent",
            "jdk.jfr",
            "jdk.localedata",
            "jdk.management",
            "jdk.management.agent",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.nio.mapmode",
            "jdk.security.auth",
            "jdk.security.jgss",
            "jdk.unsupported",
            "jdk.zipfs");

    private final Jdk jdk;
    private final Set<String> all;

    public ModuleSet(Jdk jdk) {
        this.jdk = jdk;
        this.all = new RuntimeMaker(jdk).modules();
    }

    /**
     * The names, sorted; what they require is not among them.
     *
     * @param jars the class path
     * @param loaded names of classes that trial runs loaded, with dots or slashes; those that are not the JDK's do no harm
     */
    public Set<String> of(List<Path> jars, Collection<String> loaded) {
        NamedPackages packages = new NamedPackages();
        for (Path jar : jars) {
            try {
                packages.add(jar);
            } catch (IOException e) {
                throw new BootcastException(
                        Fault.BUNDLE, "runtime: cannot read jar=" + jar + " reason=" + BootcastException.reason(e), e);
            }
        }
        Set<String> names = new TreeSet<>(packages.names());
        for (String type : loaded) {
            String dotted = type.replace('/', '.');
            names.add(dotted.substring(0, Math.max(0, dotted.lastIndexOf('.'))));
        }
        Set<String> modules = new TreeSet<>(PROVIDERS);
        modules.add("java.base");
        Map<String, String> owners = owners();
        for (String name : names) {
            String owner = owners.get(name);
            if (owner != null) {
                modules.add(owner);
            }
        }
        modules.retainAll(all);
        return modules;
    }

    /** By package. */
    private Map<String, String> owners() {
        Map<String, String> owners = new HashMap<>();
        try (FileSystem image = FileSystems.newFileSystem(
                        RUNTIME_IMAGE, Map.of("java.home", jdk.home().toString()));
                DirectoryStream<Path> packages = Files.newDirectoryStream(image.getPath("/packages"))) {
            for (Path name : packages) {
                try (DirectoryStream<Path> modules = Files.newDirectoryStream(name)) {
                    for (Path module : modules) {
                        // Parents of packages are in several modules: a class is in the one that has files.
                        if (hasClasses(image, module, name)) {
                            owners.put(
                                    name.getFileName().toString(),
                                    module.getFileName().toString());
                        }
                    }
                }
            }
            return owners;
        } catch (IOException e) {
            throw new BootcastException(
                    Fault.BUNDLE,
                    "JDK: cannot read its modules: home=" + jdk.home() + " reason=" + BootcastException.reason(e),
                    e);
        }
    }

    private static boolean hasClasses(FileSystem image, Path module, Path name) throws IOException {
        String directory = name.getFileName().toString().replace('.', '/');
        Path place = image.getPath("/modules", module.getFileName().toString(), directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.class")) {
            return files.iterator().hasNext();
        }
    }
}
