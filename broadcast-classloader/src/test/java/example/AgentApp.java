package example;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Supplier;

/** Loads the classes that its arguments name, prints what they say, and what their class files are as resources. */
public final class AgentApp {
    private AgentApp() {}

    public static void main(String[] args) throws Exception {
        for (String name : args) {
            Supplier<?> made =
                    (Supplier<?>) Class.forName(name).getConstructor().newInstance();
            System.out.println(name + " says " + made.get() + " file=" + file(name));
        }
    }

    private static int file(String name) throws IOException {
        try (InputStream in = AgentApp.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return Arrays.hashCode(in.readAllBytes());
        }
    }
}
