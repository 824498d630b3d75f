package io.bootcast.leftover;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test, or a class of tests, that leaves something behind. What {@code @BeforeAll} made may last as long as its class: a test answers
 * for what came while it ran, the class for what is there beyond what was there before its {@code @BeforeAll}. Static fields keep a mapping,
 * so {@code @AfterAll} must clear those that lead to one.
 *
 * <p>Mappings are noted at the end of the test and judged at the end of the class, see {@link Kind#isJudgedAtOnce}; the message
 * names the test. The end of a test or class is that of its context: {@code @AfterEach}, {@code @AutoClose} and the like have run. Directories of
 * {@code @TempDir} fields were there before, and JUnit itself answers for their removal.
 */
public final class LeftoverExtension implements BeforeAllCallback, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LeftoverExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE)
                .put(
                        ClassWatch.class,
                        new ClassWatch(context.getRequiredTestClass().getName()));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ClassWatch ofClass = context.getStore(NAMESPACE).get(ClassWatch.class, ClassWatch.class);
        Method method = context.getRequiredTestMethod();
        String test = method.getName() + " " + context.getDisplayName();
        boolean collects = method.isAnnotationPresent(LeavesToCollector.class);
        context.getStore(NAMESPACE).put(TestWatch.class, new TestWatch(test, collects, ofClass));
    }

    /** From before a test to its end. */
    private static final class TestWatch implements AutoCloseable {
        private final String test;
        private final boolean collects;
        private final ClassWatch ofClass;
        private final Watch watch = new Watch();

        TestWatch(String test, boolean collects, ClassWatch ofClass) {
            this.test = test;
            this.collects = collects;
            this.ofClass = ofClass;
        }

        @Override
        public void close() {
            watch.closeUrlJars();
            List<String> all = new ArrayList<>();
            for (Kind kind : Kind.ALL) {
                if (kind.isJudgedAtOnce()) {
                    List<String> left = watch.left(kind, collects);
                    ofClass.watch.forgive(kind, left);
                    left.forEach(thing -> all.add(kind.word() + "=" + thing));
                } else {
                    watch.added(kind).forEach(thing -> ofClass.authors.putIfAbsent(thing, test));
                }
            }
            fail(all);
        }
    }

    /** From before {@code @BeforeAll} to after {@code @AfterAll}. */
    private static final class ClassWatch implements AutoCloseable {
        private final String name;
        private final Watch watch = new Watch();
        private final Map<String, String> authors = new HashMap<>();

        ClassWatch(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            watch.closeUrlJars();
            List<String> all = new ArrayList<>();
            for (Kind kind : Kind.ALL) {
                for (String thing : watch.left(kind, /* collects= */ false)) {
                    all.add(kind.word() + "=" + thing + " by=" + authors.getOrDefault(thing, name));
                }
            }
            fail(all);
        }
    }

    private static void fail(List<String> all) {
        if (!all.isEmpty()) {
            throw new AssertionError("left behind: " + String.join(" ", all));
        }
    }
}
