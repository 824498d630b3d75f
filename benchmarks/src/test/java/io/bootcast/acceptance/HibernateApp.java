package io.bootcast.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The demo's application, Hibernate ORM over H2, about 35 jars of Maven Central: fetched and compiled on first use. */
final class HibernateApp {
    /** Its main class; with an argument its output has no times. */
    static final String MAIN = "example.Library";

    private final Path directory;

    private HibernateApp(Path directory) {
        this.directory = directory;
    }

    /** The application in {@code checkout/target/demo/app}. */
    static HibernateApp in(Path checkout) {
        Path directory = checkout.resolve("target/demo/app");
        if (!Files.exists(directory.resolve("classes/example/Library.class"))
                || !Files.isDirectory(directory.resolve("lib"))) {
            Path demo = checkout.resolve("target/demo");
            Command.of("mkdir", "-p", demo.toString()).run().expect(0);
            Command.of(
                            "flock",
                            demo.toString(),
                            "mvn",
                            "-B",
                            "-ntp",
                            "-q",
                            "-f",
                            checkout.resolve("benchmarks/src/demo/pom.xml").toString(),
                            "process-classes")
                    .in(checkout)
                    .within(Duration.ofMinutes(8))
                    .run()
                    .expect(0);
        }
        return new HibernateApp(directory);
    }

    Path directory() {
        return directory;
    }

    /** All jars by a wildcard, and the application's own classes. */
    String classPath() {
        return directory.resolve("lib") + "/*:" + directory.resolve("classes");
    }
}
