package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    @ParameterizedTest
    @CsvSource({
        "zstd, zstd",
        "zstd:3, zstd",
        "zstd:22, zstd:22",
        "gzip, gzip",
        "gzip:6, gzip",
        "gzip:1, gzip:1",
        "lz4, lz4",
        "none, none"
    })
    void compressionWhenKnownIsSaidInItsShortestForm(String text, String expected) {
        Compression compression = Compression.of(text);

        assertEquals(expected, compression.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "zst", "ZSTD", "zstd:", "zstd:0", "zstd:23", "zstd:x", "gzip:10", "lz4:1", "none:1", ":", "zstd:-1"
            })
    void compressionWhenUnknownIsAMistakeOnTheCommandLine(String text) {
        BootcastException thrown = assertThrows(BootcastException.class, () -> Compression.of(text));

        assertEquals(Fault.USAGE, thrown.fault());
        assertEquals(
                "unknown compression: found=" + text
                        + " expected=zstd, zstd:1 to zstd:22, lz4, gzip, gzip:1 to gzip:9 or none",
                thrown.getMessage());
    }
}
