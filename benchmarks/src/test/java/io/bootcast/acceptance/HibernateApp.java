package io.bootcast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

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
        try {
            return new HibernateApp(new RealProgramsFetcher(checkout).hibernate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** All jars by a wildcard, and the application's own classes. */
    String classPath() {
        return directory.resolve("lib") + "/*:" + directory.resolve("classes");
    }
}
