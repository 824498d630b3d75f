package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * The elements that stayed at home: the stock loader's look at each of them, so that they are searched at their place in the order. Asks the file system
 * for nothing until it is asked for something. Any thread.
 */
final class HomeElements {
    private final Index index;
    private final JdkModules modules;
    private final int[] numbers;
    private final URLClassLoader[] loaders;
    private boolean closed;

    HomeElements(Index index, JdkModules modules) {
        this.index = index;
        this.modules = modules;
        this.numbers = Elements.ofKind(ElementFacts.LIVE, index);
        this.loaders = new URLClassLoader[numbers.length];
    }

    /** True if there is one before element number {@code element}. */
    boolean hasBefore(int element) {
        return numbers.length > 0 && numbers[0] < element;
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    /** The number of an element; {@code i} is 0 to {@link #count} - 1, in class path order. */
    int number(int i) {
        return numbers[i];
    }

    int count() {
        return numbers.length;
    }

    /** The element's URL. Only the file system knows whether it is a directory. */
    URL url(int i) {
        File file = new File(index.originalPath(numbers[i]));
        return UrlPath.ofFile(file, file.isDirectory());
    }

    /** What the stock loader finds in the element, or null. */
    URL find(int i, String name) {
        URLClassLoader loader = loader(i);
        return loader == null ? null : loader.findResource(name);
    }

    private synchronized URLClassLoader loader(int i) {
        if (loaders[i] == null && !closed) {
            loaders[i] = new URLClassLoader(new URL[] {url(i)}, null);
        }
        return loaders[i];
    }

    /**
     * True if an element before number {@code element} has the class. Where no element of the image does ({@code Integer.MAX_VALUE}) it is not looked for: whoever
     * wants to define it will look himself.
     */
    boolean mayHaveClass(String name, int element) {
        if (!hasBefore(element) || modules.havePackageOf(name)) {
            return false;
        }
        if (element == Integer.MAX_VALUE) {
            return true;
        }
        String resource = name.replace('.', '/').concat(".class");
        for (int i = 0; i < numbers.length && numbers[i] < element; i++) {
            if (find(i, resource) != null) {
                return true;
            }
        }
        return false;
    }

    /** Closes the jars that were opened. */
    synchronized void close() throws IOException {
        closed = true;
        for (URLClassLoader loader : loaders) {
            if (loader != null) {
                loader.close();
            }
        }
    }
}
