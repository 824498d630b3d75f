package example;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The ways in which libraries look for what is on their class path: bundles, factories, scanners. What they find is printed; the class path is the test's, and
 * the argument is a jar of it.
 */
public final class IdiomsApp {
    private static final ClassLoader LOADER = IdiomsApp.class.getClassLoader();

    private IdiomsApp() {}

    public static void main(String[] args) throws Exception {
        bundles();
        relative();
        factories();
        for (String root : new String[] {"p/", "META-INF/", "p/sub/", ""}) {
            matchAll(root);
        }
        scanClassPath();
        besideTheJar();
        childFirst(args[0]);
    }

    private static void bundles() {
        Locale.setDefault(Locale.ENGLISH);
        for (Locale locale : new Locale[] {Locale.GERMANY, Locale.FRENCH, Locale.ROOT}) {
            ResourceBundle found = ResourceBundle.getBundle("p.texts", locale);
            System.out.println("bundle " + locale + " " + found.getString("word") + " " + found.getString("base"));
        }
        ResourceBundle.Control control =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        System.out.println("control "
                + ResourceBundle.getBundle("p.texts", Locale.GERMANY, control).getString("word"));
        System.out.println("class " + ResourceBundle.getBundle("p.Words").getString("word"));
        try {
            ResourceBundle.getBundle("p.missing");
        } catch (MissingResourceException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void relative() throws Exception {
        Class<?> type = Class.forName("p.A");
        for (String name :
                new String[] {"b.txt", "/p/b.txt", "/b.txt", "sub/c.txt", "../p/b.txt", "", "/", "A.class"}) {
            System.out.println("relative [" + name + "] " + type.getResource(name) + " "
                    + (type.getResourceAsStream(name) != null));
        }
        System.out.println("system " + ClassLoader.getPlatformClassLoader().getResource("p/b.txt"));
        System.out.println("array " + Class.forName("[Lp.A;").getResource("b.txt"));
    }

    private static void factories() throws Exception {
        System.out.println(
                "driver " + DriverManager.getDriver("jdbc:of-the-test:").getClass());
        System.out.println("xml " + DocumentBuilderFactory.newInstance().getClass());
        System.out.println("service "
                + java.util.ServiceLoader.load(java.sql.Driver.class).stream().count());
    }

    /** As Spring's {@code classpath*:p/**} does it: each root that is found, as a directory or as a jar. */
    private static void matchAll(String root) throws Exception {
        for (URL url : Collections.list(LOADER.getResources(root))) {
            TreeSet<String> names = new TreeSet<>();
            if (url.openConnection() instanceof JarURLConnection) {
                JarURLConnection connection = (JarURLConnection) url.openConnection();
                connection.setUseCaches(false);
                try (JarFile jar = connection.getJarFile()) {
                    jar.stream()
                            .filter(entry -> entry.getName().startsWith(connection.getEntryName()))
                            .forEach(entry -> names.add(entry.getName()));
                }
            } else {
                Path directory = Path.of(url.toURI());
                try (Stream<Path> files = Files.walk(directory)) {
                    files.forEach(file -> names.add(directory.relativize(file).toString()));
                }
            }
            System.out.println("match " + url + " " + names);
        }
    }

    /** As ClassGraph and others do it: the property, then each file. */
    private static void scanClassPath() throws IOException {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            TreeSet<String> classes = new TreeSet<>();
            if (new File(element).isDirectory()) {
                try (Stream<Path> files = Files.walk(Path.of(element))) {
                    files.filter(file -> file.toString().endsWith(".class"))
                            .forEach(file -> classes.add(
                                    Path.of(element).relativize(file).toString()));
                }
            } else if (new File(element).exists()) {
                try (JarFile jar = new JarFile(element)) {
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .forEach(entry -> classes.add(entry.getName()));
                }
            }
            if (!classes.isEmpty()) {
                System.out.println("scan " + element + " " + classes);
            }
        }
    }

    /** The idiom of programs that are installed as a directory: the jar's directory, and conf beside it. */
    private static void besideTheJar() throws Exception {
        URL jar = IdiomsApp.class.getProtectionDomain().getCodeSource().getLocation();
        File conf = new File(new File(jar.toURI()).getParentFile(), "conf/app.conf");
        System.out.println("conf " + conf + " " + Files.readString(conf.toPath()));
        URI inside = IdiomsApp.class.getResource("IdiomsApp.class").toURI();
        try (FileSystem files = FileSystems.newFileSystem(inside, Map.of())) {
            System.out.println("file system " + Files.size(files.getPath("example/IdiomsApp.class")));
        }
    }

    /** An application's own loader over its own jar, as servlet containers and plug-in frameworks have them. */
    private static void childFirst(String jar) throws Exception {
        URL[] urls = {new File(jar).toURI().toURL()};
        try (URLClassLoader own = new ChildFirst(urls)) {
            Class<?> type = own.loadClass("p.A");
            System.out.println("own " + (type != Class.forName("p.A")) + " "
                    + type.getProtectionDomain().getCodeSource().getLocation() + " "
                    + (own.loadClass("example.IdiomsApp") == IdiomsApp.class));
            try (InputStream in = own.getResourceAsStream("p/b.txt")) {
                System.out.println("own resource " + Arrays.hashCode(in.readAllBytes()) + " "
                        + Collections.list(own.getResources("p/b.txt")));
            }
        }
    }

    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL[] urls) {
            super(urls, LOADER);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = name.startsWith("p.") ? findClass(name) : super.loadClass(name, resolve);
                }
                return loaded;
            }
        }
    }
}
