package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void settingsWhenSentAreTheSame() {
        Settings settings = new Settings();
        settings.classPath = "a.jar:lib/*";
        settings.store = "/x";
        settings.maxBytes = 7;
        settings.live = List.of("/l1", "/l2");
        settings.withFiles = List.of("/f");
        settings.nativeDirectories = List.of("/n1", "/n2");
        settings.libraryPath = "/p:q";
        settings.libraryPathIsGiven = true;
        settings.keep = true;
        settings.timeoutSeconds = 5;
        settings.report = "r.json";
        settings.abortOnError = true;
        settings.verbose = true;
        settings.bundle = "/b";
        settings.mainClass = "m.M";
        settings.stages = true;
        settings.triesOnly = true;
        settings.staged = "id";
        settings.fixedTimes = true;

        Settings heard = Settings.of(settings.toBytes());

        assertEquals(
                "a.jar:lib/* /x 7 [/l1, /l2] [/f] [/n1, /n2] /p:q true true 5 r.json true true"
                        + " /b m.M true true id true",
                text(heard));
        assertArrayEquals(settings.toBytes(), heard.toBytes());
    }

    @Test
    void settingsWhenNothingWasAskedForHaveTheirDefaults() {
        Settings heard = Settings.of(new Settings().toBytes());

        assertEquals(".  9223372036854775807 [] [] []  false false 300  false false   false false  false", text(heard));
    }

    private static String text(Settings settings) {
        return settings.classPath + " " + settings.store + " " + settings.maxBytes + " " + settings.live + " "
                + settings.withFiles + " " + settings.nativeDirectories + " " + settings.libraryPath + " "
                + settings.libraryPathIsGiven + " " + settings.keep + " " + settings.timeoutSeconds + " "
                + settings.report + " "
                + settings.abortOnError + " " + settings.verbose + " " + settings.bundle + " "
                + settings.mainClass + " " + settings.stages + " " + settings.triesOnly + " " + settings.staged + " "
                + settings.fixedTimes;
    }
}
