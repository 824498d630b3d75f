package io.bootcast.build.archive;

import java.util.List;

/**
 * What a trial run starts.
 *
 * @param options JVM options that belong to the application, argument files and {@code JDK_JAVA_OPTIONS} already read: trial runs get no such variable
 * @param stopAfterSeconds when a server is ended by SIGTERM; 0: it ends by itself
 */
public record Application(List<String> options, String mainClass, List<String> arguments, int stopAfterSeconds) {
    public Application {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }
}
