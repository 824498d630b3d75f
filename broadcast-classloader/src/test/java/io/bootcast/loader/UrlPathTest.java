package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlPathTest {
    @TempDir
    Path directory;

    /** Oracle: the URL that {@code URLClassLoader} makes of an entry with each character in its name. */
    @Test
    void entryWhenItsNameHasAnyCharacterIsEscapedAsByStock() throws Exception {
        StringBuilder characters = new StringBuilder("\u0080\u07FF\u0800\uFFFD包");
        for (char c = 1; c < 0x100; c++) {
            characters.append(c);
        }
        TestJar jar = new TestJar();
        characters.codePoints().forEach(c -> jar.stored("p/a" + Character.toString(c) + "z", "x"));
        URL home = jar.write(directory.resolve("a.jar")).toUri().toURL();
        URL base = UrlPath.ofContent(home);

        int compared = 0;
        try (URLClassLoader stock = new URLClassLoader(new URL[] {home}, null)) {
            for (int c : characters.codePoints().toArray()) {
                String name = "p/a" + Character.toString(c) + "z";
                URL expected = stock.findResource(name);
                assertEquals(expected.toString(), UrlPath.below(base, name).toString(), "character " + c);
                compared++;
            }
        }

        assertEquals(255 + 5, compared);
    }

    /** The one difference: the JDK escapes such a character as two halves, and its own URL cannot be opened. */
    @Test
    void entryWhenItsNameHasACharacterOfTwoHalvesCanBeOpened() throws Exception {
        String name = "p/\uD83D\uDE00.txt";
        URL home = new TestJar()
                .stored(name, "text")
                .write(directory.resolve("a.jar"))
                .toUri()
                .toURL();

        URL stocks;
        try (URLClassLoader stock = new URLClassLoader(new URL[] {home}, null)) {
            stocks = stock.findResource(name);
        }
        URL url = UrlPath.below(UrlPath.ofContent(home), name);

        assertTrue(stocks.toString().endsWith("a.jar!/p/%ed%a0%bd%ed%b8%80.txt"), stocks.toString());
        assertThrows(Exception.class, stocks::openStream);
        assertTrue(url.toString().endsWith("a.jar!/p/%f0%9f%98%80.txt"), url.toString());
        assertEquals("text", text(url));
    }

    private static String text(URL url) throws Exception {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes());
        }
    }

    @Test
    void fileWhenItIsADirectoryEndsWithASlash() throws Exception {
        String jar =
                UrlPath.ofFile(new File("/a b/c#.jar"), /* directory= */ false).toString();
        String directory =
                UrlPath.ofFile(new File("/a b/ä"), /* directory= */ true).toString();
        String root = UrlPath.ofFile(new File("/"), /* directory= */ true).toString();

        assertEquals("file:/a%20b/c%23.jar", jar);
        assertEquals("file:/a%20b/%c3%a4/", directory);
        assertEquals("file:/", root);
    }

    @Test
    void oddNamesWhenWalkedAreAsTheKernelWalksThem() {
        String[][] cases = {
            {"a//b", "a/b"},
            {"./a", "a"},
            {"a/", "a"},
            {"a/./b/..", "a"},
            {".", ""},
            {"a/..", ""},
            {"..", null},
            {"../b", null},
            {"../classes/a", "a"},
            {"../classesx/a", null},
            {"a/../../classes", ""},
            {"../../../../x/classes/b", "b"}
        };
        for (String[] one : cases) {
            assertEquals(one[1], OddNames.plain("/x/classes", one[0]), one[0]);
        }
    }
}
