package io.bootcast.index;

import java.util.ArrayList;
import java.util.List;

/** What the index says of one element; filled by the root while it reads the element. */
public final class ElementFacts {
    /** Values of {@link #kind}; the numbers are the format's. */
    public static final int JAR = 0;

    public static final int DIRECTORY = 1;
    public static final int LIVE = 2;
    public static final int ABSENT = 3;
    /** Files beside the class path: unpacked on each node, and found by no lookup. */
    public static final int FILES = 4;

    int kind;
    int blob = -1;
    boolean multiRelease;
    boolean signed;
    String originalPath;
    String mirrorPath;
    final List<String[]> sections = new ArrayList<>();
    final List<FileFacts> files = new ArrayList<>();

    /**
     * @param kind one of the constants above
     * @param originalPath absolute path of the element where the user has it
     * @param mirrorPath its path in the image's directory, relative; empty for elements that are not in the store
     */
    public ElementFacts(int kind, String originalPath, String mirrorPath) {
        this.kind = kind;
        this.originalPath = originalPath;
        this.mirrorPath = mirrorPath;
    }

    /** The blob that holds the element's bytes. */
    public void blob(int number) {
        blob = number;
    }

    /** Adds a file to an element of kind {@link #FILES}. */
    public void file(FileFacts file) {
        files.add(file);
    }

    int flags() {
        return (multiRelease ? IndexFormat.ELEMENT_MULTI_RELEASE : 0) | (signed ? IndexFormat.ELEMENT_SIGNED : 0);
    }
}
