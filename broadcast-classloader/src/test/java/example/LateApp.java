package example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a class and a resource into a directory of its class path after it has asked for them in vain, and asks again. Arguments: the directory, the class file
 * of {@code p.Late}.
 */
public final class LateApp {
    private LateApp() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Path type = directory.resolve("p/Late.class");
        Path text = directory.resolve("p/late.txt");
        System.out.println("before " + find());
        Files.createDirectories(type.getParent());
        Files.copy(Path.of(args[1]), type);
        Files.writeString(text, "written late");
        System.out.println("after " + find());
        Files.delete(type);
        Files.delete(text);
        System.out.println("then " + find());
    }

    private static String find() throws IOException {
        ClassLoader loader = LateApp.class.getClassLoader();
        String found;
        try {
            found = Class.forName("p.Late")
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation() + "";
        } catch (ClassNotFoundException e) {
            found = e.toString();
        }
        try (InputStream in = loader.getResourceAsStream("p/late.txt")) {
            return found + " " + loader.getResource("p/late.txt") + " "
                    + (in == null ? "none" : new String(in.readAllBytes()));
        }
    }
}
