package io.bootcast.resolve;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Prints how the launcher understood its class path, and how Bootcast understands the same text in the same directory. */
final class ClassPathProbe {
    private ClassPathProbe() {}

    /** The only argument is the class path once more. */
    public static void main(String[] args) {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            System.out.println("launcher " + (element.isEmpty() ? "." : element));
        }
        List<String> listed = new ArrayList<>();
        for (String element : ClassPath.elements(args[0], listed)) {
            System.out.println("bootcast " + element);
        }
        for (String directory : listed) {
            System.out.println("listed " + directory);
        }
    }
}
