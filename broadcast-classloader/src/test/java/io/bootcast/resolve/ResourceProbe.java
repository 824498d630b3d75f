package io.bootcast.resolve;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;

/** Prints where the stock application class loader finds resources, in its order. */
public final class ResourceProbe {
    private ResourceProbe() {}

    /** The arguments are the resources' names. */
    public static void main(String[] args) throws IOException {
        for (String name : args) {
            for (URL url : Collections.list(ClassLoader.getSystemClassLoader().getResources(name))) {
                System.out.println(name + " " + url);
            }
        }
    }
}
