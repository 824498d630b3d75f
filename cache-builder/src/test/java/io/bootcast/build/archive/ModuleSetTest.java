package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModuleSetTest {
    @TempDir
    Path directory;

    @Test
    void modulesAreWhatJarsNameAndRunsLoadedAndProviders() throws IOException {
        Path jar = SmallImage.in(directory).directory().resolve("home/lib/hello.jar");
        ModuleSet set = new ModuleSet(SmallImage.JDK);

        Set<String> named = set.of(List.of(jar), List.of());
        Set<String> loaded = set.of(List.of(), List.of("java/sql/Driver", "javax.script.Bindings", "example.Mine"));

        assertTrue(
                named.containsAll(Set.of("java.base", "jdk.zipfs", "jdk.localedata", "java.instrument")),
                named::toString);
        assertFalse(named.contains("java.sql"), named::toString);
        named.addAll(Set.of("java.sql", "java.scripting"));
        assertEquals(named, loaded);
    }
}
