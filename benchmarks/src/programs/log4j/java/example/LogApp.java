package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.slf4j.LoggerFactory;

/** Logs to several appenders, of which one, and a pattern of another, are plugins of its own; then prints what is in the files. */
public final class LogApp {
    private LogApp() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("logs");
        System.setProperty("example.logs", directory.toString());
        Logger log = LogManager.getLogger(LogApp.class);
        ThreadContext.put("rank", System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "0"));
        log.info("Hello {}", "appenders");
        log.debug("seen by the files alone");
        log.warn("Thrown", new IllegalStateException("on purpose"));
        LoggerFactory.getLogger("by.slf4j").error("through {}", "slf4j");
        LogManager.shutdown();
        for (String name : new String[] {"plain.log", "json.log"}) {
            System.out.println("--- " + name);
            Files.readAllLines(directory.resolve(name)).forEach(System.out::println);
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
        System.out.println("--- counted " + CountingAppender.count());
    }
}
