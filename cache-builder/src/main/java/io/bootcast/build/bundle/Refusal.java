package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.ImageNames;
import java.nio.file.Path;

/** Words why a bundle is not used. */
record Refusal(Path file) {
    BootcastException of(String what, Object found, Object expected) {
        return new BootcastException(Fault.BUNDLE, text(what, found, expected));
    }

    BootcastException of(String what, Object found, Object expected, Throwable cause) {
        return new BootcastException(Fault.BUNDLE, text(what, found, expected), cause);
    }

    private String text(String what, Object found, Object expected) {
        return "bundle: " + what + ": file=" + file + " found=" + ImageNames.shown(found.toString()) + " expected="
                + expected + "; copy it again or build it again";
    }

    /** The same with the file's name in front, for what was found wrong inside. */
    BootcastException of(BootcastException inside) {
        return new BootcastException(
                Fault.BUNDLE, "bundle: file=" + file + " " + BootcastException.reason(inside), inside);
    }
}
