package io.bootcast.build.reach;

import java.util.Collection;
import java.util.List;

/** What a class path holds: names of entries, and their bytes. An adapter chooses multi-release entries for the Java release that will run. */
public interface Entries {
    /** The names of all entries ({@code a/b/C.class}), each once. */
    Collection<String> names();

    /** All places of the entry {@code name} in class path order, the one that wins first; empty if there is none. Bytes are read when they are asked for. */
    List<Place> find(String name);

    /** One place of an entry. */
    interface Place {
        /** The file name of the element, for people: {@code h2.jar}. */
        String element();

        /** The content. Fails where it cannot be read. */
        byte[] read() throws java.io.IOException;
    }
}
