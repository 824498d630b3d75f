package io.bootcast.loader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The classes that a loader has defined, where a run that makes a class-data archive asks for them. Any thread. */
final class DefinedClasses {
    /** Null unless {@link #remember} was called. */
    private List<Class<?>> classes;

    /** To be called before the first class is added. */
    void remember() {
        classes = Collections.synchronizedList(new ArrayList<>());
    }

    Class<?> add(Class<?> type) {
        if (classes != null) {
            classes.add(type);
        }
        return type;
    }

    /**
     * Links them all: JDK 17 archives a class of a loader that is not its own only if it is linked, and leaves out every sixth of
     * Hibernate's that were loaded and never used. Asking for the methods of a class links it and initialises nothing.
     */
    @SuppressWarnings("ReturnValueIgnored") // asked for what asking does
    void link() {
        for (Class<?> type : classes.toArray(new Class<?>[0])) {
            try {
                type.getDeclaredMethods();
            } catch (LinkageError e) {
                // A class that cannot be linked, for example because an optional library is absent, cannot be archived.
            }
        }
    }
}
