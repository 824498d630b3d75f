package example;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.Resource;
import io.github.classgraph.ResourceList;
import io.github.classgraph.ScanResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Scans its own class path and says what is there, where, in names relative to the class path. */
public final class ScanApp {
    private ScanApp() {}

    /** What the scan is to find. */
    @Deprecated
    interface Found extends Comparable<Found> {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        try (ScanResult scan =
                new ClassGraph().enableAllInfo().ignoreClassVisibility().scan(2)) {
            for (File element : scan.getClasspathFiles()) {
                System.out.println("element " + relative(element.toPath()));
            }
            System.out.println("classes " + scan.getAllClasses().size() + " interfaces "
                    + scan.getAllInterfaces().size() + " annotations "
                    + scan.getAllAnnotations().size());
            for (ClassInfo driver : scan.getClassesImplementing("java.sql.Driver")) {
                System.out.println("driver " + driver.getName() + " in "
                        + relative(driver.getClasspathElementFile().toPath()) + " loaded "
                        + (driver.loadClass() == load(driver.getName())));
            }
            System.out.println("deprecated "
                    + scan.getClassesWithAnnotation("java.lang.Deprecated").size() + " first "
                    + scan.getClassesWithAnnotation("java.lang.Deprecated")
                            .getNames()
                            .get(0));
            System.out.println("subclasses of databind's modules "
                    + scan.getSubclasses("com.fasterxml.jackson.databind.Module")
                            .getNames());
            resources(scan);
        }
    }

    private static void resources(ScanResult scan) throws IOException {
        try (ResourceList all = scan.getAllResources()) {
            System.out.println("resources " + all.size());
        }
        try (ResourceList services = scan.getResourcesMatchingWildcard("META-INF/services/*")) {
            for (Resource service : services) {
                CRC32 sum = new CRC32();
                sum.update(service.load());
                System.out.println("service " + service.getPath() + " in "
                        + relative(service.getClasspathElementFile().toPath()) + " sum " + sum.getValue());
            }
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static Path relative(Path element) {
        return element.subpath(element.getNameCount() - 2, element.getNameCount());
    }
}
