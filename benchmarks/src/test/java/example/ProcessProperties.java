package example;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.TreeMap;

/** Prints what a program can ask of the way it was started: system properties, the JVM's arguments, the environment. */
public final class ProcessProperties {
    private ProcessProperties() {}

    /** See the class. */
    public static void main(String[] args) {
        TreeMap<Object, Object> properties = new TreeMap<>(System.getProperties());
        properties.remove("java.class.path");
        properties.forEach((name, value) -> System.out.println(name + "=" + value));
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        System.out.println(
                "class paths are one: " + runtime.getClassPath().equals(System.getProperty("java.class.path")));
        LinkedHashSet<Path> elements = new LinkedHashSet<>();
        for (String element : runtime.getClassPath().split(File.pathSeparator)) {
            elements.add(Path.of(element).toAbsolutePath().normalize());
        }
        elements.stream().filter(Files::exists).forEach(element -> System.out.println("element " + element));
        for (String argument : runtime.getInputArguments()) {
            System.out.println("argument " + argument);
        }
        System.out.println("library path " + runtime.getLibraryPath());
        new TreeMap<>(System.getenv()).forEach((name, value) -> System.out.println("variable " + name + "=" + value));
        System.out.println("working directory " + new File("").getAbsolutePath());
    }
}
