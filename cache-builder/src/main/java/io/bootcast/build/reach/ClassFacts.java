package io.bootcast.build.reach;

import java.util.List;
import java.util.Map;

/**
 * What the analysis keeps of a class file. Names are internal ({@code a/b/C}), arrays stand for their elements.
 *
 * @param superName empty for {@code java/lang/Object}
 * @param methods by name and descriptor ({@code run()V}), in the order of the file
 * @param verified what the verifier compares, whichever methods run
 * @param annotations types of the annotations that a run-time look sees, on the class and its members, and the classes that are their values
 * @param signatures classes in the descriptors of fields, methods and record components, which reflection resolves all at once
 */
record ClassFacts(
        String name,
        String superName,
        List<String> interfaces,
        int access,
        Map<String, Method> methods,
        List<Use> verified,
        List<String> annotations,
        List<String> signatures) {

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** A value of class {@code from} is used as a {@code to}, which is another class. */
    record Use(String from, String to) {}

    /**
     * A method.
     *
     * @param key name and descriptor
     * @param annotated whether it has an annotation that a run-time look sees, other than the language's own
     */
    record Method(String key, int access, boolean annotated, List<Step> steps) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }

        boolean isConstructor() {
            return key.startsWith("<init>");
        }
    }

    /** What an instruction needs. */
    enum What {
        /** An object of the class is made. */
        NEW,
        /** A static method or static field is used: the class is initialised. */
        STATIC,
        /** A method is called and nothing else can be meant. */
        SPECIAL,
        /** A method is called on what the object's class has for it. */
        VIRTUAL,
        /** A field of an object is used. */
        FIELD,
        /** The class's name is resolved: casts, arrays. */
        TYPE,
        /** A call site makes an object of the type, an interface. */
        LAMBDA,
        /** The class is part of a call site. */
        CALL_SITE,
        /** The class is a constant: what happens to it next is reflection, often. */
        CLASS,
        /** {@code Class.forName("…")}, {@code loadClass("…")}. */
        FOR_NAME,
        /** Some other string that is the name of a class. */
        STRING,
        /** A string that is the name of a file on the class path. */
        RESOURCE
    }

    /** How likely the instruction is met when its method runs. */
    enum Likely {
        /** No branch leads past it. */
        ALWAYS,
        /** After a condition. */
        BRANCH,
        /** In an exception handler, or before something is thrown. */
        FAILURE
    }

    /**
     * One thing that a method's code needs.
     *
     * @param key name and descriptor of the method; empty if there is none
     * @param after classes of which there must be an object, or the code before would have failed
     */
    record Step(What what, String owner, String key, Likely likely, List<String> after) {}
}
