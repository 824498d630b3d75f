package example;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Does what its arguments say, one after the other, and prints what came of it. {@code load:NAME}, {@code other:NAME} (from another class), {@code child:NAME} (from a class
 * of another loader), {@code path:FILE}, {@code beside:FILE} (relative to the directory of the first element of {@code java.class.path}), {@code resource:NAME} (the file of
 * a resource): load a native library. {@code answer}: calls into it. {@code maps}: which of the test's libraries are mapped. {@code
 * copy:FROM=TO}: copies a file. {@code conf:WAY}: reads {@code ../conf/app.txt}, seen from the jar by {@code java.class.path}, by a resource, or by the code source. {@code mark:NAME}: looks for {@code /MARK-NAME}.
 */
public final class NativeApp {
    /** Looked for by the library while it is loaded. */
    static final class Found {}

    /** Another class of the same loader. */
    static final class Other {
        static void load(String name) {
            System.loadLibrary(name);
        }
    }

    /** Defined by {@link ChildLoader}. */
    public static final class Child implements Consumer<String> {
        @Override
        public void accept(String name) {
            System.loadLibrary(name);
        }
    }

    /** Defines {@link Child} itself. */
    static final class ChildLoader extends ClassLoader {
        ChildLoader() {
            super(NativeApp.class.getClassLoader());
        }

        Class<?> child() throws IOException {
            try (InputStream in = NativeApp.class.getResourceAsStream("NativeApp$Child.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass("example.NativeApp$Child", bytes, 0, bytes.length);
            }
        }
    }

    private NativeApp() {}

    /** What the native library computes. */
    static native int answer();

    /** See the class. */
    public static void main(String[] args) {
        for (String arg : args) {
            int colon = arg.indexOf(':');
            String action = colon < 0 ? arg : arg.substring(0, colon);
            String result;
            try {
                result = run(action, arg.substring(colon + 1));
            } catch (Exception | LinkageError e) {
                result = e.toString();
            }
            System.out.println(action + " " + result);
        }
    }

    private static String run(String action, String value) throws Exception {
        switch (action) {
            case "load" -> System.loadLibrary(value);
            case "other" -> Other.load(value);
            case "child" -> loadInChild(value);
            case "path" -> System.load(value);
            case "beside" -> System.load(new File(firstElement().getParent(), value).getPath());
            case "resource" ->
                System.load(Path.of(NativeApp.class.getResource("/" + value).toURI())
                        .toString());
            case "answer" -> {
                return Integer.toString(answer());
            }
            case "maps" -> {
                return maps();
            }
            case "copy" -> {
                String[] files = value.split("=");
                Files.copy(Path.of(files[0]), Path.of(files[1]));
            }
            case "conf" -> {
                return Files.readString(jar(value).getParent().resolve("../conf/app.txt"))
                        .strip();
            }
            case "mark" -> {
                return Boolean.toString(new File("/MARK-" + value).exists());
            }
            default -> throw new IllegalArgumentException(action);
        }
        return "done";
    }

    @SuppressWarnings("unchecked") // the class that is made implements it
    private static void loadInChild(String name) throws Exception {
        ((Consumer<String>) new ChildLoader().child().getConstructor().newInstance()).accept(name);
    }

    private static File firstElement() {
        return new File(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
    }

    private static Path jar(String way) throws Exception {
        if (way.equals("classpath")) {
            return firstElement().toPath();
        }
        if (way.equals("codesource")) {
            return Path.of(NativeApp.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        }
        String url = NativeApp.class.getResource("NativeApp.class").toString();
        return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
    }

    private static String maps() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains("/libnative")) {
                files.add(line.substring(line.indexOf('/')));
            }
        }
        return String.join(" ", files);
    }
}
