package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String ACTION = "; build the bundle again, or use the Bootcast that wrote it";

    private static final Manifest MANIFEST = TestImage.small().make().manifest();

    private static String refused(String json) {
        BootcastException thrown =
                assertThrows(BootcastException.class, () -> Manifest.of(json.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Fault.BUNDLE, thrown.fault());
        assertEquals(1, thrown.getMessage().lines().count());
        return thrown.getMessage();
    }

    @Test
    void manifestWhenReadAgainIsTheSame() {
        Manifest read = Manifest.of(MANIFEST.toBytes());

        assertEquals(MANIFEST, read);
        assertTrue(MANIFEST.agreesWith(read));
    }

    @Test
    void manifestWhenItNamesBlobsSaysWhatTheyAreFor() {
        List<String> kinds = new ArrayList<>();

        MANIFEST.blobs().forEach(blob -> kinds.add(blob.kind() + " " + blob.names()));

        kinds.sort(null);
        assertEquals(
                List.of("index [index]", "jar [root/app/a.jar]", "jar [root/app/b.jar]", "launch [launch/class-path]"),
                kinds);
    }

    @Test
    void manifestWhenAnotherFactIsInItDoesNotAgree() {
        Manifest other = Manifest.of(
                MANIFEST.toJson().replace("example.Main", "example.Other").getBytes(StandardCharsets.UTF_8));

        assertFalse(MANIFEST.agreesWith(other));
    }

    @Test
    void manifestWhenOnlyTheWriterIsAnotherAgrees() {
        Manifest other =
                Manifest.of(MANIFEST.toJson().replace("0.1.0-SNAPSHOT", "0.2.0").getBytes(StandardCharsets.UTF_8));

        assertTrue(MANIFEST.agreesWith(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootcast-bundle|other|manifest: it is another's: found=other expected=bootcast-bundle",
                "\"version\": 1|\"version\": 2|manifest: another version of the format: found=2 expected=1",
                "\"format\"|\"formal\"|manifest: a field is missing: found=formal expected=format"
            })
    void manifestWhenItsHeadIsAnotherIsRefused(String from, String to, String expected) {
        String message = refused(MANIFEST.toJson().replace(from, to));

        assertEquals(expected + ACTION, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootcast",
                "jdk",
                "main",
                "classPath",
                "options",
                "sources",
                "blobs",
                "archives",
                "loadList",
                "runtime"
            })
    void manifestWhenAFieldIsMissingIsRefused(String field) {
        JsonObject json = JsonParser.parseString(MANIFEST.toJson()).getAsJsonObject();
        json.remove(field);

        String message = refused(json.toString());

        assertEquals("manifest: a field is missing: found=no " + field + " expected=" + field + ACTION, message);
    }

    @Test
    void manifestWhenAFieldInsideIsMissingIsRefused() {
        String message = refused(MANIFEST.toJson().replace("\"kind\": \"index\",", ""));

        assertEquals("manifest: a field is missing: found=no kind expected=kind" + ACTION, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"format\": 1}",
                "{\"format\": \"bootcast-bundle\", \"version\": \"x\"}"
            })
    void textWhenItIsNoManifestIsRefused(String text) {
        String message = refused(text);

        assertTrue(message.startsWith("manifest: "), message);
    }

    @Test
    void manifestWhenCutAnywhereIsRefused() {
        String json = MANIFEST.toJson().trim();

        for (int length = 0; length < json.length(); length++) {
            String message = refused(json.substring(0, length));
            assertTrue(message.startsWith("manifest: "), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"options\": 3", "\"options\": [null]", "\"options\": {}"})
    void manifestWhenAFieldIsOfAnotherKindIsRefused(String options) {
        String json = MANIFEST.toJson().replaceFirst("\"options\": \\[[^]]*]", options);

        String message = refused(json);

        assertTrue(message.startsWith("manifest: it is no JSON of this kind: "), message);
    }
}
