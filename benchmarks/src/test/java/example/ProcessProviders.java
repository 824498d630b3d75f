package example;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.spi.CharsetProvider;
import java.nio.file.spi.FileSystemProvider;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** Is found by the JDK in all the ways in which the JDK looks for what a program brings: bundles, services, drivers, factories, handlers by name. */
public final class ProcessProviders {
    private ProcessProviders() {}

    private static void print(String what, Callable<Object> answer) {
        try {
            System.out.println(what + ": " + answer.call());
        } catch (Exception | LinkageError e) {
            System.out.println(what + ": " + e);
        }
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        bundles();
        resources();
        services();
        factories();
        byName();
    }

    // ---- bundles ------------------------------------------------------------------------------------------------

    /** A bundle that is a class. */
    public static final class Words extends ListResourceBundle {
        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"word", "of a class"}};
        }
    }

    private static String word(ResourceBundle bundle) {
        return bundle.getString("word") + " " + bundle.getLocale() + " " + bundle.getBaseBundleName();
    }

    private static void bundles() {
        Locale.setDefault(Locale.FRANCE);
        ClassLoader own = ProcessProviders.class.getClassLoader();
        for (String tag : new String[] {"de-AT", "de", "en", "fr", "it-CH", "und"}) {
            Locale locale = Locale.forLanguageTag(tag);
            print("bundle " + tag, () -> word(ResourceBundle.getBundle("example.words", locale)));
            print("bundle by slashes " + tag, () -> word(ResourceBundle.getBundle("example/words", locale, own)));
        }
        print("class bundle", () -> word(ResourceBundle.getBundle(Words.class.getName())));
        print("missing bundle", () -> ResourceBundle.getBundle("example.missing", Locale.ITALY));
        print(
                "bundle of the module",
                () -> word(ResourceBundle.getBundle("example.words", ProcessProviders.class.getModule())));
        ResourceBundle.Control none =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        print("no fallback", () -> word(ResourceBundle.getBundle("example.words", Locale.ITALY, own, none)));
        print("own control", () -> word(ResourceBundle.getBundle("example.words", Locale.GERMANY, new Reloading())));
        ResourceBundle.clearCache(own);
        print("again", () -> word(ResourceBundle.getBundle("example.words", Locale.GERMANY)));
    }

    private static final class Reloading extends ResourceBundle.Control {
        @Override
        public ResourceBundle newBundle(String base, Locale locale, String format, ClassLoader loader, boolean reload)
                throws IllegalAccessException, InstantiationException, IOException {
            return super.newBundle(base, locale, format, loader, /* reload= */ true);
        }
    }

    // ---- resources ----------------------------------------------------------------------------------------------

    private static void resources() throws IOException {
        Class<?> type = ProcessProviders.class;
        for (String name : new String[] {
            "words.properties",
            "/example/words.properties",
            "example/words.properties",
            "/",
            "",
            "../example/words.properties",
            "/example",
            "/example/",
            "/absent",
            "ProcessProviders.class",
            "/java/lang/Object.class"
        }) {
            print("resource " + name, () -> type.getResource(name));
            print("stream " + name, () -> {
                try (InputStream in = type.getResourceAsStream(name)) {
                    return in == null ? "none" : in.readAllBytes().length;
                }
            });
        }
        print("array's resource", () -> ProcessProviders[].class.getResource("words.properties"));
        print("system resource", () -> ClassLoader.getSystemResource("example/words.properties"));
        print(
                "system stream",
                () -> new String(
                        ClassLoader.getSystemResourceAsStream("example/words.properties")
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
        print("module's resource", () -> type.getModule().getResourceAsStream("example/words.properties") != null);
    }

    // ---- services -----------------------------------------------------------------------------------------------

    private static <T> String providers(ServiceLoader<T> services) {
        TreeSet<String> names = new TreeSet<>();
        services.stream().forEach(provider -> names.add(provider.type().getName()));
        return names.toString();
    }

    /** A service of its own. */
    public static final class Greeting implements Supplier<Object> {
        @Override
        public Object get() {
            return "greeting";
        }
    }

    @SuppressWarnings("rawtypes") // a service has no type arguments
    private static void services() {
        print("services", () -> providers(ServiceLoader.load(Supplier.class)));
        print("services, no loader", () -> providers(ServiceLoader.load(Supplier.class, null)));
        print("services, installed", () -> providers(ServiceLoader.loadInstalled(Supplier.class)));
        print("services, boot layer", () -> providers(ServiceLoader.load(ModuleLayer.boot(), Supplier.class)));
        print("services, no context", () -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(null);
            try {
                return providers(ServiceLoader.load(Supplier.class));
            } finally {
                thread.setContextClassLoader(before);
            }
        });
        print("the JDK's tools", () -> providers(ServiceLoader.load(java.util.spi.ToolProvider.class)));
        print("compiler", () -> ToolProvider.getSystemJavaCompiler().getClass());
        print("file systems", () -> {
            List<String> schemes = new ArrayList<>();
            FileSystemProvider.installedProviders().forEach(provider -> schemes.add(provider.getScheme()));
            return schemes;
        });
        print("charset", () -> Charset.forName("x-probe").getClass());
        print("url", () -> new String(new URL("probe:there").openStream().readAllBytes(), StandardCharsets.UTF_8));
        print("driver", () -> DriverManager.getDriver("jdbc:probe:x").getClass());
        print("drivers", () -> {
            List<String> names = new ArrayList<>();
            for (Enumeration<Driver> drivers = DriverManager.getDrivers(); drivers.hasMoreElements(); ) {
                names.add(drivers.nextElement().getClass().getName());
            }
            return names;
        });
        print("logger finder", () -> System.getLogger("probe").getClass().getModule());
    }

    /** A driver that connects to nothing. */
    public static final class ProbeDriver implements Driver {
        static {
            try {
                DriverManager.registerDriver(new ProbeDriver());
            } catch (SQLException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:probe:");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    /** Character sets. */
    public static final class Charsets extends CharsetProvider {
        @Override
        public Iterator<Charset> charsets() {
            return List.<Charset>of().iterator();
        }

        @Override
        public Charset charsetForName(String name) {
            return name.equals("x-probe") ? new ProbeCharset() : null;
        }
    }

    private static final class ProbeCharset extends Charset {
        ProbeCharset() {
            super("x-probe", null);
        }

        @Override
        public boolean contains(Charset other) {
            return false;
        }

        @Override
        public java.nio.charset.CharsetDecoder newDecoder() {
            return StandardCharsets.US_ASCII.newDecoder();
        }

        @Override
        public java.nio.charset.CharsetEncoder newEncoder() {
            return StandardCharsets.US_ASCII.newEncoder();
        }
    }

    /** Protocols. */
    public static final class Protocols extends URLStreamHandlerProvider {
        @Override
        public URLStreamHandler createURLStreamHandler(String protocol) {
            return protocol.equals("probe") ? new ProbeHandler() : null;
        }
    }

    private static final class ProbeHandler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new java.io.ByteArrayInputStream(url.getPath().getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }

    // ---- factories ----------------------------------------------------------------------------------------------

    /** A factory for XML parsers. */
    public static final class Documents extends DocumentBuilderFactory {
        @Override
        public DocumentBuilder newDocumentBuilder() throws ParserConfigurationException {
            throw new ParserConfigurationException("none");
        }

        @Override
        public void setAttribute(String name, Object value) {}

        @Override
        public Object getAttribute(String name) {
            return null;
        }

        @Override
        public void setFeature(String name, boolean value) {}

        @Override
        public boolean getFeature(String name) {
            return false;
        }
    }

    private static void factories() {
        print("documents", () -> DocumentBuilderFactory.newInstance().getClass());
        print("documents by name", () -> DocumentBuilderFactory.newInstance(Documents.class.getName(), null)
                .getClass());
        print("transformers", () -> javax.xml.transform.TransformerFactory.newInstance()
                .getClass());
        print("parsers", () -> javax.xml.parsers.SAXParserFactory.newInstance().getClass());
        print("naming", () -> {
            Properties environment = new Properties();
            environment.put("java.naming.factory.initial", Contexts.class.getName());
            return new javax.naming.InitialContext(environment).lookup("name");
        });
    }

    /** Naming. */
    public static final class Contexts implements javax.naming.spi.InitialContextFactory {
        @Override
        public javax.naming.Context getInitialContext(java.util.Hashtable<?, ?> environment) {
            return (javax.naming.Context) java.lang.reflect.Proxy.newProxyInstance(
                    Contexts.class.getClassLoader(),
                    new Class<?>[] {javax.naming.Context.class},
                    (proxy, method, arguments) -> method.getName() + " of a context");
        }
    }

    // ---- by name, from a property -------------------------------------------------------------------------------

    /** Logs. */
    public static final class Log extends Handler {
        @Override
        public void publish(LogRecord record) {
            System.out.println("logged " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Keeps preferences. */
    public static final class Keeps implements PreferencesFactory {
        @Override
        public Preferences systemRoot() {
            return userRoot();
        }

        @Override
        public Preferences userRoot() {
            return new Kept();
        }
    }

    private static final class Kept extends AbstractPreferences {
        Kept() {
            super(null, "");
        }

        @Override
        protected void putSpi(String key, String value) {}

        @Override
        protected String getSpi(String key) {
            return "kept " + key;
        }

        @Override
        protected void removeSpi(String key) {}

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return new String[0];
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            return new Kept();
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }

    private static void byName() throws Exception {
        System.setProperty("java.util.prefs.PreferencesFactory", Keeps.class.getName());
        print("preferences", () -> Preferences.userRoot().get("key", "nothing"));
        String logging = ".level=INFO\nhandlers=" + Log.class.getName() + "\n";
        java.util.logging.LogManager.getLogManager()
                .readConfiguration(new java.io.ByteArrayInputStream(logging.getBytes(StandardCharsets.US_ASCII)));
        Logger.getLogger("probe").info("message");
        print("resolves", () -> URI.create("probe:there").toURL());
    }
}
