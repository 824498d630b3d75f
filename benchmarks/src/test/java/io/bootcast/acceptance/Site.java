package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A site that has everything on its shared file system: {@code jdk}, {@code openmpi}, {@code bootcast}, {@code app}, {@code home}, and directories {@code dirs/dNN} as
 * environment modules put them on {@code PATH} and {@code LD_LIBRARY_PATH}. Links are resolved; files are hard links where that goes. PMIx and hwloc find
 * their components at places that were compiled in: these stay local, as does the C library.
 */
final class Site {
    private static final int DIRECTORIES = 20;
    private static final Pattern OPEN_MPI_LIBRARY =
            Pattern.compile("^\\s*(lib(?:mpi|open-|mca_|pmix|hwloc)\\S*) => (/\\S+)");

    private final Path backing;

    private Site(Path backing) {
        this.backing = backing;
    }

    /** Puts the site together in {@code backing}. {@code mpiJar} is what stock java has on its class path. */
    static Site make(Path backing, TestBed bed, Path mpiJar) throws IOException {
        Site site = new Site(backing);
        copyTools(backing, bed);
        site.copyOpenMpi();
        Jars.make(backing.resolve("app"), 3, example.MpiHello.class);
        site.copy(mpiJar, "app/lib/mpi.jar");
        Files.createDirectories(backing.resolve("home"));
        for (int i = 1; i < DIRECTORIES; i++) {
            Files.createDirectories(backing.resolve(directory(i)));
        }
        return site;
    }

    /** Puts {@code jdk} and {@code bootcast} only into {@code backing}. */
    static void copyTools(Path backing, TestBed bed) throws IOException {
        Path jdk = Path.of(bed.javaHome());
        for (String part : List.of("bin", "conf", "lib")) {
            copy(jdk.resolve(part), backing.resolve("jdk").resolve(part));
        }
        copy(bed.bootcastJars(), backing.resolve("bootcast/lib"));
        copy(Path.of(bed.bootcast()), backing.resolve("bootcast/bin/bootcast"));
    }

    private static String directory(int i) {
        return String.format("dirs/d%02d", i);
    }

    /** What a user's job has in its environment there, with the site at {@code mount}. Of 20 directories the last one is the one that is needed. */
    Map<String, String> environment(Path mount) {
        StringBuilder directories = new StringBuilder();
        for (int i = 1; i < DIRECTORIES; i++) {
            directories.append(mount).append('/').append(directory(i)).append(':');
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_LIBRARY_PATH", directories + "" + mount + "/openmpi/lib");
        environment.put("OPAL_PREFIX", mount + "/openmpi");
        environment.put("OPAL_LIBDIR", mount + "/openmpi/lib");
        environment.put("OPAL_PKGLIBDIR", mount + "/openmpi/lib/components");
        environment.put("OPAL_PKGDATADIR", mount + "/openmpi/share");
        environment.put("OPAL_SYSCONFDIR", mount + "/openmpi/etc");
        environment.put("JAVA_HOME", mount + "/jdk");
        return environment;
    }

    /** {@code PATH}, to be given to the job's command, which hands it on to the ranks. */
    String path(Path mount) {
        StringBuilder directories = new StringBuilder();
        for (int i = 1; i < DIRECTORIES; i++) {
            directories.append(mount).append('/').append(directory(i)).append(':');
        }
        return directories + "" + mount + "/jdk/bin:" + System.getenv("PATH");
    }

    /** The directories of {@code LD_LIBRARY_PATH}. */
    List<String> libraryPath(Path mount) {
        return List.of(environment(mount).get("LD_LIBRARY_PATH").split(":"));
    }

    private void copyOpenMpi() throws IOException {
        Map<String, Path> places = new TreeMap<>();
        for (String name : List.of("libdir", "pkglibdir", "pkgdatadir", "sysconfdir")) {
            String answer = Command.of("ompi_info", "--path", name, "--parsable")
                    .run()
                    .expect(0)
                    .out();
            places.put(name, Path.of(answer.trim().substring(answer.indexOf(":/") + 1)));
        }
        copy(places.get("pkglibdir"), "openmpi/lib/components");
        copy(places.get("pkgdatadir"), "openmpi/share");
        copy(places.get("sysconfdir"), "openmpi/etc");
        Path bindings = places.get("libdir").resolve(System.mapLibraryName("mpi_java"));
        copy(bindings, "openmpi/lib/" + bindings.getFileName());
        List<String> words = new ArrayList<>(List.of("ldd", bindings.toString()));
        try (Stream<Path> components = Files.list(places.get("pkglibdir"))) {
            components.filter(file -> file.toString().endsWith(".so")).forEach(file -> words.add(file.toString()));
        }
        Map<String, Path> libraries = new TreeMap<>();
        for (String line : Command.of(words).run().lines()) {
            Matcher library = OPEN_MPI_LIBRARY.matcher(line);
            if (library.find()) {
                libraries.put(library.group(1), Path.of(library.group(2)));
            }
        }
        for (Map.Entry<String, Path> library : libraries.entrySet()) {
            copy(library.getValue(), "openmpi/lib/" + library.getKey());
        }
    }

    private void copy(Path from, String to) throws IOException {
        copy(from, backing.resolve(to));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.find(
                from, Integer.MAX_VALUE, (path, kind) -> kind.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
            files = found.toList();
        }
        for (Path file : files) {
            Path relative = from.relativize(file);
            Path target = relative.toString().isEmpty() ? to : to.resolve(relative);
            Files.createDirectories(target.getParent());
            try {
                Files.createLink(target, file.toRealPath());
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(file, target); // another file system, or one without hard links
            }
        }
    }
}
