package io.bootcast.build.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A list of classes for {@code -Xshare:dump} that has the classes of the broadcast loader too. JDKs up to 23 list none of those themselves, but archive them from lines that name class,
 * parents and a jar:
 *
 * <pre>
 * java/lang/Object id: 0
 * example/Book id: 7 super: 0 interfaces: 3 source: /tmp/classes.jar
 * </pre>
 *
 * All this is in the log of {@code -Xlog:class+load=debug}, two lines for each class. The jar is made here, with the bytes that the loader took: the JVM that dumps would read no versions
 * of a multi-release jar.
 */
final class LoaderClassList {
    private static final Pattern NAME = Pattern.compile("\\] (\\S+) source: (.*)$");
    private static final Pattern PARENTS = Pattern.compile("klass: (0x[0-9a-f]+)(?: super: (0x[0-9a-f]+))?"
            + "(?: interfaces: ([0x0-9a-f ]+?))? loader: \\[loader data: \\S+ (?:of|for instance a) '([^']*)'(.*)");
    private static final String OURS = "io/bootcast/loader/BroadcastClassLoader";
    private static final String NO_NAME = "/0x";

    private final Runtime.Version version;
    private final Path jar;
    private final Map<String, Integer> idByAddress = new HashMap<>();
    private final Map<String, Integer> idByName = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<Path, JarFile> opened = new HashMap<>();

    private LoaderClassList(int feature, Path jar) {
        this.version = Runtime.Version.parse(Integer.toString(feature));
        this.jar = jar;
    }

    /**
     * Writes {@code list}, and {@code jar} with the classes that it names.
     *
     * @param log what the JVM logged of one run
     * @param jdksOwn the list that the JDK wrote of the same run; its lines about lambdas are taken over
     */
    static void write(int feature, Path log, Path jdksOwn, Path list, Path jar) throws IOException {
        LoaderClassList classes = new LoaderClassList(feature, jar);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setMethod(ZipOutputStream.STORED);
            classes.read(Files.readAllLines(log), out);
        } finally {
            for (JarFile file : classes.opened.values()) {
                file.close();
            }
        }
        try (Stream<String> own = Files.lines(jdksOwn)) {
            own.filter(line -> line.startsWith("@")).forEach(classes.lines::add);
        }
        Files.write(list, classes.lines);
    }

    private void read(List<String> log, ZipOutputStream out) throws IOException {
        for (int i = 0; i + 1 < log.size(); i++) {
            Matcher name = NAME.matcher(log.get(i));
            Matcher parents = PARENTS.matcher(log.get(i + 1));
            if (name.find() && parents.find()) {
                boolean isHidden = parents.group(5).contains("has a class holder")
                        || name.group(1).contains(NO_NAME);
                String type = name.group(1).replace('.', '/');
                if (!isHidden && !idByName.containsKey(type)) {
                    take(type, name.group(2), parents, out);
                }
            }
        }
    }

    private void take(String type, String source, Matcher parents, ZipOutputStream out) throws IOException {
        String loader = parents.group(4);
        String line = type + " id: " + idByName.size();
        if (loader.equals(OURS)) {
            String above = parentIds(parents);
            byte[] bytes = above.isEmpty() ? new byte[0] : bytes(type, source);
            if (bytes.length == 0) {
                return;
            }
            add(type, bytes, out);
            line += above + " source: " + jar;
        } else if (!isJdks(loader)) {
            return;
        }
        lines.add(line);
        idByAddress.put(parents.group(1), idByName.size());
        idByName.put(type, idByName.size());
    }

    private static boolean isJdks(String loader) {
        return loader.equals("bootstrap")
                || loader.startsWith("jdk/internal/loader/ClassLoaders$")
                || loader.equals("app")
                || loader.equals("platform");
    }

    /** Empty if a parent is not in the list: a class of another loader. */
    private String parentIds(Matcher parents) {
        Integer above = idByAddress.get(parents.group(2));
        if (above == null) {
            return "";
        }
        StringBuilder ids = new StringBuilder(" super: ").append(above);
        if (parents.group(3) != null) {
            ids.append(" interfaces:");
            for (String address : parents.group(3).trim().split(" +")) {
                Integer id = idByAddress.get(address);
                if (id == null) {
                    return "";
                }
                ids.append(' ').append(id);
            }
        }
        return ids.toString();
    }

    /** What the loader defined the class from: empty where that is no file here. */
    private byte[] bytes(String type, String source) throws IOException {
        if (!source.startsWith("file:")) {
            return new byte[0];
        }
        Path place = Path.of(URI.create(source).getPath());
        if (Files.isDirectory(place)) {
            Path file = place.resolve(type + ".class");
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        }
        JarFile file = opened.get(place);
        if (file == null && Files.isRegularFile(place)) {
            file = new JarFile(place.toFile(), /* verify= */ false, ZipFile.OPEN_READ, version);
            opened.put(place, file);
        }
        if (file == null || file.getJarEntry(type + ".class") == null) {
            return new byte[0];
        }
        return file.getInputStream(file.getJarEntry(type + ".class")).readAllBytes();
    }

    private static void add(String type, byte[] bytes, ZipOutputStream out) throws IOException {
        ZipEntry entry = new ZipEntry(type + ".class");
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        ((OutputStream) out).write(bytes);
    }
}
