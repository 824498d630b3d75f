package io.bootcast.leftover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/** What the process held when the watch began, and what it holds beyond that. */
final class Watch {
    private static final int MOST_LOOKS = 50;

    private final Map<Kind, List<String>> before = new LinkedHashMap<>();
    private final Set<JarFile> urlJars = UrlJars.kept();

    Watch() {
        for (Kind kind : Kind.ALL) {
            before.put(kind, new ArrayList<>(kind.held()));
        }
    }

    /** Closes what the JDK began to keep open for {@code jar:} URLs. */
    void closeUrlJars() {
        UrlJars.closeAllBut(urlJars);
    }

    /** What {@code kind} has now and did not have, as seen at once. */
    List<String> added(Kind kind) {
        List<String> added = new ArrayList<>(kind.held());
        for (String old : before.get(kind)) {
            added.remove(old);
        }
        return added;
    }

    /** What {@code kind} has now and did not have, and still has when it was given time to go; if {@code collects}, by collections too. */
    List<String> left(Kind kind, boolean collects) {
        List<String> left = added(kind);
        for (int look = 1; look < MOST_LOOKS && !left.isEmpty(); look++) {
            if (collects) {
                Mappings.collect();
            }
            if (!kind.settle(left) && !collects) {
                break;
            }
            left = added(kind);
        }
        return left;
    }

    /** From now on these count as there from the start: they have been reported. */
    void forgive(Kind kind, List<String> reported) {
        before.get(kind).addAll(reported);
    }
}
