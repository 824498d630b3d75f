package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The own tests of libraries, out of their {@code tests} jars: under {@code bootcast run} each has the outcome that it has under stock {@code java}. What
 * they are about is, among other things, reflection, serialisation, resources and threads. Without {@code -Dbootcast.full=true} the packages with the
 * slowest tests are left out.
 */
class UpstreamTestsIT {
    private static final boolean FULL = Boolean.getBoolean("bootcast.full");
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    /** As the libraries' own builds have it. One test wants 5 GB, and lets itself be skipped with less. */
    private static final List<String> OPTIONS = List.of(
            "-Xmx1g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");

    private final LocalStarts starts = new LocalStarts(
            Path.of("/dev/shm/bootcast-upstream-it-" + ProcessHandle.current().pid()));

    @TempDir
    Path directory;

    @AfterEach
    void cleanStore() throws IOException {
        TestBed.delete(starts.store());
    }

    @Test
    void commonsLangsOwnTestsComeOutAsUnderStock() throws IOException {
        assertAsStock("org.apache.commons.lang3", 4000, "time", "concurrent.locks", "text");
    }

    @Test
    void commonsCodecsOwnTestsComeOutAsUnderStock() throws IOException {
        assertAsStock("org.apache.commons.codec", 1000, "language.bm", "digest");
    }

    private void assertAsStock(String library, int least, String... slow) throws IOException {
        List<String> words = console(library, slow);
        Map<String, List<String>> stock = outcomes("stock", LocalStarts.stock(OPTIONS, words));

        Map<String, List<String>> bootcast =
                outcomes("bootcast", starts.bootcast(List.of("--transport", "solo"), OPTIONS, words));

        System.out.println(library + ", JDK " + Runtime.version().feature() + (FULL ? ", all" : ", without the slowest")
                + ": stock " + count(stock) + ", bootcast run " + count(bootcast));
        assertTrue(count(stock).getOrDefault("passed", 0) >= least, () -> count(stock)
                .toString());
        assertEquals(count(stock), count(bootcast), () -> differences(stock, bootcast));
        assertEquals(stock, bootcast, () -> differences(stock, bootcast));
    }

    private static List<String> console(String library, String... slow) throws IOException {
        Path program = new RealProgramsFetcher(LocalStarts.checkout()).program("upstream");
        List<String> words = new ArrayList<>(List.of("-cp", program + "/lib/*"));
        words.add("org.junit.platform.console.ConsoleLauncher");
        words.addAll(List.of("execute", "--disable-banner", "--details=none", "--reports-dir=reports"));
        words.add("--select-package=" + library);
        for (String name : slow) {
            if (!FULL) {
                words.add("--exclude-package=" + library + "." + name);
            }
        }
        return words;
    }

    /** The outcomes of all tests, by name; several of one name are sorted. The exit code only says whether all passed. */
    private Map<String, List<String>> outcomes(String name, List<String> words) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        Command.Result result =
                LocalStarts.inJdk(Command.of(words)).in(own).within(DEADLINE).run();
        Path report = own.resolve("reports/TEST-junit-jupiter.xml");
        assertTrue(Files.exists(report), result::toString);
        Map<String, List<String>> outcomes = new TreeMap<>();
        NodeList tests = parse(report).getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            outcomes.computeIfAbsent(
                            test.getAttribute("classname") + "." + test.getAttribute("name"), key -> new ArrayList<>())
                    .add(outcome(test));
        }
        outcomes.values().forEach(all -> all.sort(null));
        return outcomes;
    }

    private static Element parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    private static String outcome(Element test) {
        for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
            String name = child.getNodeName();
            if (name.equals("failure") || name.equals("error") || name.equals("skipped")) {
                return name;
            }
        }
        return "passed";
    }

    private static Map<String, Integer> count(Map<String, List<String>> outcomes) {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.values().forEach(all -> all.forEach(outcome -> counts.merge(outcome, 1, Integer::sum)));
        return counts;
    }

    private static String differences(Map<String, List<String>> stock, Map<String, List<String>> bootcast) {
        StringBuilder text = new StringBuilder();
        Map<String, List<String>> all = new TreeMap<>(bootcast);
        all.putAll(stock);
        for (String name : all.keySet()) {
            List<String> expected = stock.getOrDefault(name, List.of());
            List<String> found = bootcast.getOrDefault(name, List.of());
            if (!expected.equals(found)) {
                text.append("test=")
                        .append(name)
                        .append(" stock=")
                        .append(expected)
                        .append(" bootcast=")
                        .append(found)
                        .append('\n');
            }
        }
        return text.toString();
    }
}
