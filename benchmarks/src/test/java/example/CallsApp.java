package example;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Uses a class path made by {@code Jars} in every ordinary way, and prints one line that tells what it got: one class of each of the N jars and of
 * the directory, resources, all files of one name, services, and names that are not there. Argument: N.
 */
public final class CallsApp {
    private CallsApp() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int jars = Integer.parseInt(args[0]);
        StringBuilder found = new StringBuilder("rank ").append(System.getenv("OMPI_COMM_WORLD_RANK"));
        ClassLoader loader = CallsApp.class.getClassLoader();
        for (int i = 0; i < jars; i++) {
            found.append(' ').append(load(String.format("part.C%03d", i), loader));
            found.append(' ').append(text("part/resource" + i + ".txt", loader));
        }
        found.append(' ').append(load("part.Directory", loader));
        List<URL> common = Collections.list(loader.getResources("common.txt"));
        found.append(" common=").append(common.size());
        for (URL url : common) {
            try (InputStream in = url.openStream()) {
                found.append(' ').append(new String(in.readAllBytes()).trim());
            }
        }
        List<String> services = new ArrayList<>();
        ServiceLoader.load(Supplier.class).forEach(one -> services.add(String.valueOf(one.get())));
        found.append(" services=").append(services);
        found.append(" absent=").append(loader.getResource("absent.txt"));
        try {
            Class.forName("part.Absent");
        } catch (ClassNotFoundException e) {
            found.append(' ').append(e);
        }
        System.out.println(found);
    }

    private static String load(String name, ClassLoader loader) throws ReflectiveOperationException {
        Object made = Class.forName(name, true, loader).getConstructor().newInstance();
        return String.valueOf(((Supplier<?>) made).get());
    }

    private static String text(String name, ClassLoader loader) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            return in == null ? "none" : new String(in.readAllBytes()).trim();
        }
    }
}
