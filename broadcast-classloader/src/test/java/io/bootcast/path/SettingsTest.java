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
        settings.keep = true;
        settings.timeoutSeconds = 5;
        settings.report = "r.json";
        settings.abortOnError = true;
        settings.verbose = true;

        Settings heard = Settings.of(settings.toBytes());

        assertEquals("a.jar:lib/* /x 7 [/l1, /l2] true 5 r.json true true", text(heard));
        assertArrayEquals(settings.toBytes(), heard.toBytes());
    }

    @Test
    void settingsWhenNothingWasAskedForHaveTheirDefaults() {
        Settings heard = Settings.of(new Settings().toBytes());

        assertEquals(".  9223372036854775807 [] false 300  false false", text(heard));
    }

    private static String text(Settings settings) {
        return settings.classPath + " " + settings.store + " " + settings.maxBytes + " " + settings.live + " "
                + settings.keep + " " + settings.timeoutSeconds + " " + settings.report + " "
                + settings.abortOnError + " " + settings.verbose;
    }
}
