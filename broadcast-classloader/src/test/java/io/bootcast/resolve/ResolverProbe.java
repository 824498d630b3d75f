package io.bootcast.resolve;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Prints what the stock class loader finds and what Bootcast resolves, in a JVM with another locale. */
final class ResolverProbe {
    private ResolverProbe() {}

    /** Arguments: a resource's name, then the class path once more. */
    public static void main(String[] args) throws IOException {
        for (URL url : Collections.list(ClassLoader.getSystemClassLoader().getResources(args[0]))) {
            System.out.println("stock " + Path.of(url.getPath()).getParent());
        }
        RecordingReader reader = new RecordingReader();
        new Resolver(new Limits(Long.MAX_VALUE, List.of()), reader).resolve(args[1]);
        for (String path : reader.served()) {
            System.out.println("bootcast " + path);
        }
    }
}
