package io.bootcast.build.archive;

/** What kind of class-data archive serves a way of starting best on a JDK; docs/decisions/0021 has the measurements. */
public enum Form {
    /** A list of classes is recorded, and a second JVM, which runs nothing, writes JDK and application as one archive. Up to 23, stock loader. */
    STATIC(".jsa"),
    /** A static archive that also has classes of the broadcast loader, and a dynamic one on top for those that it could not hold. Up to 23. */
    LAYERED(".jsa"),
    /** The JVM that ran the application writes an archive on top of the JDK's own when it ends. */
    DYNAMIC(".jsa"),
    /** The JVM that ran the application writes a record when it ends, and a second JVM makes an AOT cache of it. From 24 on; other loaders' classes from 25 on. */
    AOT(".aot");

    private static final int LOADERS_IN_AOT = 25;

    private final String ending;

    Form(String ending) {
        this.ending = ending;
    }

    static Form of(Jdk jdk, Way way) {
        if (way == Way.STOCK) {
            return jdk.hasAotCache() ? AOT : STATIC;
        }
        if (!jdk.hasAotCache()) {
            return LAYERED;
        }
        return jdk.feature() >= LOADERS_IN_AOT ? AOT : DYNAMIC;
    }

    /** Of the archive's file name. */
    String ending() {
        return ending;
    }
}
