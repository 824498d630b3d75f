package io.bootcast.build.reach;

/**
 * Something that happens to a type.
 *
 * @param key the method; empty where there is none
 */
record Event(Kind kind, String type, String key, int doubt, Source source) {
    /** What happens, from little to much. */
    enum Kind {
        LOAD,
        LINK,
        INITIALISE,
        /** Some object of the type exists. */
        HAVE_OBJECT,
        /** An object of the class is made. */
        MAKE,
        /** Exactly this method runs. */
        RUN,
        /** The method is called on some object of the type. */
        CALL,
        /** The class is handed to reflection: it is made, and what its annotations say happens. */
        REFLECT
    }

    /** What leads to it; see {@link Reached}. */
    record Source(Evidence evidence, String from, String fromClass) {}
}
