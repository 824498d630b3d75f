package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real application whose start is measured. Its class path has jars only: HotSpot archives nothing where a directory is on the class path.
 *
 * @param title for reports
 * @param words class path, main class and arguments
 */
record MeasuredApp(String title, List<String> words) {
    private static final RealProgramsFetcher FETCHER = new RealProgramsFetcher(LocalStarts.checkout());

    /** Hibernate ORM over H2, as in the demo; makes a jar in {@code directory}. */
    static MeasuredApp hibernate(Path directory) throws IOException {
        Path app = FETCHER.hibernate();
        Path jar = directory.resolve("library.jar");
        String tool = System.getProperty("java.home") + "/bin/jar";
        Command.of(
                        tool,
                        "-c",
                        "-f",
                        jar.toString(),
                        "-C",
                        app.resolve("classes").toString(),
                        ".")
                .run()
                .expect(0);
        String classPath = jar + ":" + app.resolve("lib") + "/*";
        return new MeasuredApp("Hibernate + H2", List.of("-cp", classPath, HibernateApp.MAIN, "quiet"));
    }

    /** The Scala compiler, which compiles one small file into {@code directory}. */
    static MeasuredApp scala(Path directory) throws IOException {
        Path output = Files.createDirectories(directory.resolve("compiled"));
        String main = "dotty.tools.dotc.Main";
        String source = FETCHER.scalaSource().toString();
        return new MeasuredApp(
                "Scala compiler",
                List.of("-cp", FETCHER.scala() + "/lib/*", main, "-usejavacp", "-d", output.toString(), source));
    }

    /** A web application of Spring Boot, from its start to its end after one request. */
    static MeasuredApp spring() throws IOException {
        Path program = FETCHER.program("spring");
        String classPath = program.resolve("spring.jar") + ":" + program + "/lib/*";
        return new MeasuredApp("Spring Boot", List.of("-cp", classPath, "example.SpringApp"));
    }
}
