package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;

/** Prints how the launcher understood its class path, and how Bootcast understands the same text in the same directory. */
final class ClassPathProbe {
    private ClassPathProbe() {}

    /** The only argument is the class path once more. */
    public static void main(String[] args) throws IOException {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            System.out.println("launcher " + (element.isEmpty() ? "." : element));
        }
        Sightings sightings = new Sightings();
        for (String element : ClassPath.elements(args[0], sightings)) {
            System.out.println("bootcast " + element);
        }
        for (String line : sightings.lines()) {
            System.out.println("listed " + line.substring(line.lastIndexOf(' ') + 1));
        }
    }
}
