package example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Asks the loader that loaded it for each name of a file, as a resource and as a class, and writes the answers: a head line with the class path, then a line
 * per name, in the order of the names. No class is initialised.
 *
 * <p>Fields are parted by tabs: name, {@code getResource}, {@code getResources} with each URL's content, {@code getResourceAsStream}'s content, the class or
 * what was thrown instead, the class's package. Contents are length and CRC-32.
 */
public final class OracleProbe {
    private static final int COPY_BYTES = 1 << 16;
    private static final int ANSWERS_PER_NAME = 2;
    /** Not asked: the JDK takes its modules in an order of its own, a new one in each JVM. */
    private static final String RANDOM = "the first of all modules";

    private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[COPY_BYTES]);

    private final ClassLoader loader = OracleProbe.class.getClassLoader();
    private final boolean inOrder;

    private OracleProbe(boolean inOrder) {
        this.inOrder = inOrder;
    }

    /** Arguments: file of names, file for the answers, number of threads, seed of their orders. One thread goes by the order of the names. */
    public static void main(String[] args) throws Exception {
        List<String> names = readNames(Path.of(args[0]));
        int threads = Integer.parseInt(args[2]);
        OracleProbe probe = new OracleProbe(threads == 1);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
            out.println(escape(System.getProperty("java.class.path")));
            if (threads == 1) {
                for (String name : names) {
                    out.println(probe.answers(name));
                }
            } else {
                for (String line : probe.askAtOnce(names, threads, Long.parseLong(args[3]))) {
                    out.println(line);
                }
            }
        }
    }

    private static List<String> readNames(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                names.add(unescape(line));
            }
        }
        return names;
    }

    // ---- many threads -----------------------------------------------------------------------------------------------

    /** Each name is asked for by two threads, and each thread has its own random order. Where the two disagree the line has both answers. */
    private String[] askAtOnce(List<String> names, int threads, long seed) throws InterruptedException {
        String[] lines = new String[names.size()];
        int shares = threads / ANSWERS_PER_NAME;
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            List<Integer> order = new ArrayList<>();
            for (int i = t % shares; i < lines.length; i += shares) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(seed + t));
            Thread thread = new Thread(() -> ask(order, names, lines));
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
        return lines;
    }

    private void ask(List<Integer> order, List<String> names, String[] lines) {
        for (int i : order) {
            String line = answers(names.get(i));
            synchronized (lines) {
                boolean agrees = lines[i] == null || lines[i].equals(line);
                lines[i] = agrees ? line : lines[i] + "\tTHE OTHER THREAD: " + line;
            }
        }
    }

    // ---- one name ---------------------------------------------------------------------------------------------------

    private String answers(String name) {
        StringBuilder line = new StringBuilder(escape(name));
        boolean isOfEachModule = name.equals("module-info.class");
        field(line, () -> isOfEachModule ? RANDOM : String.valueOf(loader.getResource(name)));
        field(line, () -> resources(name));
        field(line, () -> isOfEachModule ? RANDOM : stream(name));
        String plain = name.endsWith(".class") ? name.substring(0, name.length() - ".class".length()) : name;
        String className = plain.replace('/', '.');
        Class<?>[] found = new Class<?>[1];
        field(line, () -> {
            found[0] = loader.loadClass(className);
            return describe(found[0]);
        });
        field(line, () -> describe(packageOf(className, found[0]), found[0]));
        return line.toString();
    }

    private String stream(String name) throws IOException {
        InputStream in = loader.getResourceAsStream(name);
        return in == null ? "null" : content(in);
    }

    private interface Answer {
        String get() throws Exception;
    }

    private static void field(StringBuilder line, Answer answer) {
        String text;
        try {
            text = answer.get();
        } catch (Exception | LinkageError e) {
            text = describe(e);
        }
        line.append('\t').append(escape(text));
    }

    private static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(text.length() == 0 ? "thrown " : " caused by ").append(t);
        }
        return text.toString();
    }

    private String resources(String name) throws IOException {
        List<String> ofJdk = new ArrayList<>();
        List<String> ofClassPath = new ArrayList<>();
        Enumeration<URL> urls = loader.getResources(name);
        while (urls.hasMoreElements()) {
            URL url = urls.nextElement();
            boolean inOrderOfModules = url.getProtocol().equals("jrt") && ofClassPath.isEmpty();
            (inOrderOfModules ? ofJdk : ofClassPath).add(url + " " + content(url));
        }
        Collections.sort(ofJdk);
        return String.join(" ", ofJdk) + " " + String.join(" ", ofClassPath);
    }

    private static String content(URL url) {
        try {
            URLConnection connection = url.openConnection();
            return content(connection.getInputStream());
        } catch (IOException | RuntimeException e) {
            return describe(e);
        }
    }

    private static String content(InputStream stream) throws IOException {
        CRC32 sum = new CRC32();
        long length = 0;
        byte[] buffer = BUFFER.get();
        try (InputStream in = stream) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.update(buffer, 0, count);
                length += count;
            }
        }
        return length + ":" + Long.toHexString(sum.getValue());
    }

    private String describe(Class<?> type) throws CertificateEncodingException {
        // Stock's loader defines classes of some of the JDK's modules, too: those of any loader are told by their
        // module.
        String by = type.getModule().isNamed()
                ? type.getModule().getName()
                : type.getClassLoader() == loader ? "here" : "another loader";
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String text = type + " modifiers=" + type.getModifiers() + " by=" + by;
        return source == null ? text : text + " from=" + source.getLocation() + certificates(source) + signers(source);
    }

    private static String certificates(CodeSource source) throws CertificateEncodingException {
        if (source.getCertificates() == null) {
            return " certificates=null";
        }
        CRC32 sum = new CRC32();
        for (Certificate certificate : source.getCertificates()) {
            sum.update(certificate.getEncoded());
        }
        return " certificates=" + source.getCertificates().length + ":" + Long.toHexString(sum.getValue());
    }

    private static String signers(CodeSource source) throws CertificateEncodingException {
        if (source.getCodeSigners() == null) {
            return " signers=null";
        }
        StringBuilder text = new StringBuilder(" signers=");
        for (CodeSigner signer : source.getCodeSigners()) {
            CRC32 sum = new CRC32();
            for (Certificate certificate : signer.getSignerCertPath().getCertificates()) {
                sum.update(certificate.getEncoded());
            }
            text.append(Long.toHexString(sum.getValue()));
            text.append(
                    signer.getTimestamp() == null
                            ? ""
                            : "@" + signer.getTimestamp().getTimestamp().getTime());
            text.append(',');
        }
        return text.toString();
    }

    /** Of a class that was not found there may be a package, too; with many threads whether it is there yet depends on the others. */
    private Package packageOf(String className, Class<?> type) {
        if (type != null) {
            return type.getPackage();
        }
        int dot = className.lastIndexOf('.');
        return inOrder && dot > 0 ? loader.getDefinedPackage(className.substring(0, dot)) : null;
    }

    private static String describe(Package found, Class<?> type) {
        if (found == null) {
            return "null";
        }
        CodeSource source = type == null ? null : type.getProtectionDomain().getCodeSource();
        boolean sealedHere = source != null && found.isSealed(source.getLocation());
        return String.join(
                "|",
                found.getName(),
                found.getSpecificationTitle(),
                found.getSpecificationVersion(),
                found.getSpecificationVendor(),
                found.getImplementationTitle(),
                found.getImplementationVersion(),
                found.getImplementationVendor(),
                "sealed=" + found.isSealed() + "," + sealedHere);
    }

    // ---- text -------------------------------------------------------------------------------------------------------

    /** {@code text} on one line without tabs, in printable ASCII. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '\\') {
                escaped.append(c);
            } else {
                escaped.append("\\u").append(Integer.toHexString(0x10000 + c).substring(1));
            }
        }
        return escaped.toString();
    }

    /** What {@link #escape} was given. */
    public static String unescape(String escaped) {
        byte[] ascii = escaped.getBytes(StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder(ascii.length);
        for (int i = 0; i < ascii.length; i++) {
            if (ascii[i] == '\\') {
                text.append((char) Integer.parseInt(escaped.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append((char) ascii[i]);
            }
        }
        return text.toString();
    }
}
