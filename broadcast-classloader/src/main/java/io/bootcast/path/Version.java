package io.bootcast.path;

/** The version of this Bootcast; a test holds it equal to the build's. */
public final class Version {
    public static final String CURRENT = "0.1.0-SNAPSHOT";

    private Version() {}
}
