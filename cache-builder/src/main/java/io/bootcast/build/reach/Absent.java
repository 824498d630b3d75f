package io.bootcast.build.reach;

/**
 * A class that is needed and neither on the class path nor in the JDK.
 *
 * @param name {@code a.b.C}
 * @param from one that needs it: {@code a.b.D.method}
 * @param likely true if what needs it is likely to run; else it is probably part of something optional
 */
public record Absent(String name, Evidence evidence, String from, boolean likely) {}
