package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Likely;

/**
 * What each kind of step adds to the doubt about a class. Doubt is a path's length: the sum of its steps' doubts; a class has that of its best path. The figures were chosen by measuring three
 * applications (docs/decisions/0022-static-reachability.md); they matter relative to each other only.
 */
final class Doubt {
    /** What follows for certain: supertypes, what the verifier loads, code without a condition. */
    static final int NONE = 0;

    /** Code after a condition. */
    static final int BRANCH = 20;

    /** A call ends in an overriding method. */
    static final int OVERRIDE = 2;

    /** For each doubling of the number of classes that override it. */
    static final int MANY_OVERRIDE = 1;

    /** A method is called by the JDK. */
    static final int CALLBACK = 40;

    /** There is an object of a type, though nobody is seen who makes one. */
    static final int UNSEEN = 200;

    /** A provider in a service file. */
    static final int SERVICE = 5;

    /** A provider in a module descriptor. */
    static final int MODULE = 60;

    static final int FOR_NAME = 20;
    static final int RESOURCE = 40;
    static final int ANNOTATION = 100;

    /** A method with an annotation is called by whoever looks for the annotation. */
    static final int ANNOTATED = 150;

    static final int STRING = 100;

    /** Only after all others: failure paths, and types of members that reflection may look at. */
    static final int LAST = 1000;

    /** Up to here an absent class is worth a warning. */
    static final int WARNING = BRANCH - 1;

    private Doubt() {}

    static int of(Likely likely) {
        return switch (likely) {
            case ALWAYS -> NONE;
            case BRANCH -> BRANCH;
            case FAILURE -> LAST;
        };
    }
}
