package io.bootcast.build.reach;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a class was reached. What is named after it is where: a class, a method of a class, or a file. */
public enum Evidence {
    /** It is started. */
    ENTRY("entry point"),
    /** It was loaded in an earlier run. */
    LOAD_LIST("load list"),
    /** A class that is loaded extends or implements it. */
    SUPERTYPE("supertype of"),
    /** Code that runs makes it, calls it, or names it. */
    CODE("code of"),
    /** A call site (lambda, method reference, string concatenation) of code that runs. */
    CALL_SITE("invokedynamic in"),
    /** The verifier compares it with another class when the class is linked. */
    VERIFIER("verification of"),
    /** A class constant in code that runs; what follows is reflection. */
    CLASS_CONSTANT("class constant in"),
    /** {@code Class.forName} or {@code loadClass} with a constant. */
    FOR_NAME("Class.forName in"),
    /** A provider in a service file of a type that is reached. */
    SERVICE("service file"),
    /** A provider in the descriptor of a module, which a class path ignores and some programs read. */
    MODULE("module descriptor"),
    /** An annotation of a class that is used by reflection, or a value of one. */
    ANNOTATION("annotation of"),
    /** A field or method of a class that is used by reflection has the type. */
    SIGNATURE("member's type in"),
    /** A file whose name is a string in code that runs has its name. */
    RESOURCE("name in"),
    /** Some string in code that runs is its name. */
    STRING("string in");

    private final String phrase;

    Evidence(String phrase) {
        this.phrase = phrase;
    }

    /** True if a program fails where a class is needed in this way and absent; the verifier and reflection put up with much. */
    boolean mustBePresent() {
        return switch (this) {
            case ENTRY, SUPERTYPE, CODE, CALL_SITE, CLASS_CONSTANT, SERVICE -> true;
            default -> false;
        };
    }

    /** For people: {@code code of}. */
    public String phrase() {
        return phrase;
    }

    /** For files: {@code call-site}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Evidence> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
