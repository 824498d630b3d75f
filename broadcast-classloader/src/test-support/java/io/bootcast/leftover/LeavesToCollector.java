package io.bootcast.leftover;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test that makes the JDK lose open files, which then only the garbage collector closes: it is given the time to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LeavesToCollector {
    /** Who loses them, and when. */
    String value();
}
