package io.bootcast.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Compares two files of answers that {@code example.OracleProbe} wrote. */
final class OracleComparison {
    private static final int MOST_SHOWN = 20;
    private static final int CLASS_FIELD = 4;
    private static final int PACKAGE_FIELD = 5;
    private static final String[] FIELDS = {"name", "getResource", "getResources", "stream", "class", "package"};

    /** What stock's answers must have somewhere, or the class path is not what the test is for. */
    private static final List<String> KINDS = List.of(
            "!/META-INF/versions/",
            " certificates=2:",
            "sealed=true",
            "sealing violation",
            "signer information does not match",
            "digest error",
            "NoClassDefFoundError",
            "ClassFormatError",
            "jrt:/");

    /** True if only what does not depend on the order of loads counts: see {@link #firstThatDependsOnOrder}. */
    private final boolean anyOrder;

    private final Predicate<String> isInSplitPackage;
    private final List<String> shown = new ArrayList<>();
    private final Set<String> missingKinds = new LinkedHashSet<>(KINDS);
    private String store = "";
    private long names;
    private long comparisons;
    private long differences;
    private long dependOnOrder;

    OracleComparison(boolean anyOrder, Predicate<String> isInSplitPackage) {
        this.anyOrder = anyOrder;
        this.isInSplitPackage = isInSplitPackage;
    }

    /** Compares line by line. */
    OracleComparison compare(Path stock, Path bootcast) throws IOException {
        try (BufferedReader expected = Files.newBufferedReader(stock);
                BufferedReader actual = Files.newBufferedReader(bootcast)) {
            findStore(expected.readLine(), actual.readLine());
            String line = expected.readLine();
            while (line != null) {
                compareLine(line, String.valueOf(actual.readLine()));
                line = expected.readLine();
            }
            if (actual.readLine() != null) {
                throw new AssertionError("more lines than stock wrote: " + bootcast);
            }
        }
        return this;
    }

    /** Both class paths begin with the same jar: what Bootcast's has in front of that jar's path is the store's directory. */
    private void findStore(String stockClassPath, String bootcastClassPath) {
        String original = stockClassPath.split(":")[0];
        String mirror = bootcastClassPath.split(":")[0];
        if (!mirror.endsWith(original) || mirror.equals(original)) {
            throw new AssertionError("not in the store: " + mirror + " expected=..." + original);
        }
        store = mirror.substring(0, mirror.length() - original.length());
    }

    private void compareLine(String stock, String bootcast) {
        String[] expected = stock.split("\t", -1);
        String[] actual = bootcast.split("\t", -1);
        names++;
        missingKinds.removeIf(stock::contains);
        int ordered = anyOrder ? firstThatDependsOnOrder(expected, actual) : expected.length;
        for (int field = 0; field < Math.max(expected.length, actual.length); field++) {
            String answer = field < expected.length ? expected[field] : "missing";
            String other = field < actual.length ? actual[field] : "missing";
            boolean isOfUrls = field < CLASS_FIELD;
            comparisons += field == 0 ? 0 : 1;
            if (answer.equals(isOfUrls ? other.replace(store, "") : other)) {
                continue;
            }
            if (field >= ordered && field < expected.length) {
                dependOnOrder++;
            } else {
                note(expected[0], field, answer, other);
            }
        }
    }

    /**
     * The class that is loaded first into a package decides what the package is, whether it is sealed, and who has to sign its classes. So with
     * threads in random order the attributes of a package that several elements have may differ, and a class may be refused in one run
     * with a {@code SecurityException} and not in the other. All of this is compared where names are asked for in order.
     */
    private int firstThatDependsOnOrder(String[] stock, String[] bootcast) {
        if (stock.length <= PACKAGE_FIELD || bootcast.length <= PACKAGE_FIELD) {
            return stock.length;
        }
        if (isRefusal(stock[CLASS_FIELD]) || isRefusal(bootcast[CLASS_FIELD])) {
            return CLASS_FIELD;
        }
        return isInSplitPackage.test(example.OracleProbe.unescape(stock[0])) ? PACKAGE_FIELD : stock.length;
    }

    private static boolean isRefusal(String answer) {
        return answer.contains("SecurityException: sealing violation") || answer.contains("signer information");
    }

    private void note(String name, int field, String stock, String bootcast) {
        differences++;
        if (shown.size() < MOST_SHOWN) {
            String kind = field < FIELDS.length ? FIELDS[field] : "other thread";
            shown.add(name + " " + kind + "\n    stock:    " + stock + "\n    bootcast: " + bootcast);
        }
    }

    long names() {
        return names;
    }

    /** Which kinds of answers stock never gave. */
    Set<String> missingKinds() {
        return missingKinds;
    }

    long differences() {
        return differences;
    }

    /** One line of figures, then the first differences. */
    @Override
    public String toString() {
        String figures = "names=" + names + " comparisons=" + comparisons + " differences=" + differences
                + (anyOrder ? " dependOnOrder=" + dependOnOrder : "");
        return shown.isEmpty() ? figures : figures + "\n" + String.join("\n", shown);
    }
}
