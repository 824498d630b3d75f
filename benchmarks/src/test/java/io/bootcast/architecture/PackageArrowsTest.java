package io.bootcast.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Packages never form a cycle, and use only those that their own {@code package-info} says they may. */
class PackageArrowsTest {
    private static final String OURS = "io.bootcast.";
    private static final Pattern SENTENCE = Pattern.compile("May use ([^.]*)\\.|it uses (nothing)\\.");
    private static final Pattern ALL = Pattern.compile("May use (all packages of the core|everything)");
    private static final Pattern NAME = Pattern.compile("\\{@code (\\w+)}");
    private static final JavaClasses CLASSES = BuildModule.imported(BuildModule.values());

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.bootcast.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packageWhenItNamesWhatItMayUseUsesNothingElse() throws IOException {
        Map<String, Set<String>> allowed = allowed();
        Set<String> arrows = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                arrows.add(simple(type) + " -> "
                        + simple(dependency.getTargetClass().getBaseComponentType()));
            }
        }

        Set<String> forbidden = new TreeSet<>();
        for (String arrow : arrows) {
            String[] ends = arrow.split(" -> ", -1);
            if (allowed.containsKey(ends[0])
                    && !ends[1].isEmpty()
                    && !ends[0].equals(ends[1])
                    && !allowed.get(ends[0]).contains(ends[1])) {
                forbidden.add(arrow);
            }
        }

        assertEquals(Set.of(), forbidden);
        assertEquals(Set.of(), allowed.get("fault"));
        assertEquals(Set.of("fault", "index", "resolve"), allowed.get("store"));
    }

    /** The last name of one of our packages; empty for all others. */
    private static String simple(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(OURS) ? name.substring(OURS.length()) : "";
    }

    /** What each package of the core may use; those that may use all are left to the rules of modules and cycles. */
    private static Map<String, Set<String>> allowed() throws IOException {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (Path info : BuildModule.CORE.packageInfos()) {
            String text = Files.readString(info).replaceAll("\\s+\\*?\\s*", " ");
            Matcher sentence = SENTENCE.matcher(text);
            assertTrue(sentence.find(), info + " does not say what its package may use");
            if (!ALL.matcher(text).find()) {
                Set<String> names = new TreeSet<>();
                Matcher name = NAME.matcher(sentence.group());
                while (name.find()) {
                    names.add(name.group(1));
                }
                allowed.put(info.getParent().getFileName().toString(), names);
            }
        }
        return allowed;
    }
}
