package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/checklist.md}: no line is missing, and no test that it names. */
class ChecklistTest {
    private static final int LINES = 58;
    private static final int MOST_DIFFERENCES = 6;
    /** Lines of which no part may be a documented difference. */
    private static final Set<Integer> NEVER_DIFFERENT = Set.of(2, 3, 4, 11, 22, 23, 33, 34, 39, 41, 45, 47);

    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\| (.*) \\| (.+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Path CHECKOUT = Path.of("..");

    private record Row(int line, boolean pinned, String tests) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(CHECKOUT.resolve("docs/checklist.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(Integer.parseInt(row.group(1)), row.group(3).contains("P"), row.group(4)));
            }
        }
        return rows;
    }

    @Test
    void linesWhenCountedAreAllThereInOrder() throws Exception {
        List<Integer> expected = new ArrayList<>();
        for (int line = 1; line <= LINES; line++) {
            expected.add(line);
        }

        List<Integer> found = new ArrayList<>();
        for (Row row : rows()) {
            found.add(row.line);
        }

        assertEquals(expected, found);
    }

    @Test
    void differencesWhenCountedAreFewAndWhereTheyMayBe() throws Exception {
        List<Integer> different = new ArrayList<>();
        for (Row row : rows()) {
            if (row.pinned) {
                different.add(row.line);
            }
        }

        assertTrue(different.size() <= MOST_DIFFERENCES, different::toString);
        assertTrue(Collections.disjoint(different, NEVER_DIFFERENT), different::toString);
    }

    @Test
    void testsWhenNamedExist() throws Exception {
        List<Integer> open = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Row row : rows()) {
            Matcher test = TEST.matcher(row.tests);
            int before = named;
            while (test.find()) {
                named++;
                if (!exists(test.group(1), test.group(2))) {
                    missing.add(row.line + ": " + test.group());
                }
            }
            if (named == before) {
                open.add(row.line);
            }
        }

        System.out.println("ChecklistTest: lines=" + LINES + " tests=" + named);
        assertEquals(List.of(), missing);
        assertEquals(List.of(), open);
    }

    private static boolean exists(String type, String method) throws IOException {
        Pattern declaration = Pattern.compile("    void " + method + "\\(");
        for (Path file : testFiles(type + ".java")) {
            if (declaration.matcher(Files.readString(file)).find()) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> testFiles(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(CHECKOUT, Files::isDirectory)) {
            for (Path module : modules) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(file -> file.endsWith(name)).forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
