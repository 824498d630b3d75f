package io.bootcast.build.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachedFileTest {
    private static final List<Reached> REACHED = List.of(
            new Reached("a.Main", Evidence.ENTRY, "", "", 0),
            new Reached("a.Driver", Evidence.SERVICE, "META-INF/services/java.sql.Driver in my h2.jar", "a.Main", 5),
            new Reached("a.É$1", Evidence.CALL_SITE, "a.Driver.run", "a.Driver", 25));

    private static final String TEXT = "a.Main entry 0 - \n"
            + "a.Driver service 5 a.Main META-INF/services/java.sql.Driver in my h2.jar\n"
            + "a.É$1 call-site 25 a.Driver a.Driver.run\n";

    @Test
    void writtenFileHasOneLinePerClass() {
        String text = ReachedFile.write(new Reachability(REACHED, List.of(), List.of(), 3));

        assertEquals(TEXT, text);
    }

    @Test
    void readFileGivesClassesAndChainsBack() {
        ReachedFile file = ReachedFile.read(TEXT);

        assertEquals(REACHED, file.all());
        assertEquals(List.of(REACHED.get(2), REACHED.get(1), REACHED.get(0)), file.chain("a.É$1"));
        assertEquals(List.of(), file.chain("a.None"));
    }

    @Test
    void chainThatGoesRoundEnds() {
        ReachedFile file = ReachedFile.read("a.A code 0 a.B a.B.b\na.B code 0 a.A a.A.a\n");

        assertEquals(2, file.chain("a.A").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.A",
                "a.A code 0 a.B",
                "a.A rumour 0 a.B a.B.b",
                "a.A code zero a.B a.B.b",
                "a.A code -1 a.B a.B.b",
                "a.A code 99999999999 a.B a.B.b",
                ""
            })
    void damagedLineIsRefusedWithItsNumber(String line) {
        BootcastException refusal =
                assertThrows(BootcastException.class, () -> ReachedFile.read("a.Main entry 0 - \n" + line + "\n"));

        assertEquals(
                "list of reached classes cannot be read: file=launch/reached line=2 found=[" + line
                        + "] expected=[NAME KIND DOUBT FROM-CLASS FROM]; build the bundle again",
                refusal.getMessage());
    }

    @Test
    void classThatIsListedTwiceIsRefused() {
        assertThrows(BootcastException.class, () -> ReachedFile.read("a.A code 0 - x\na.A code 0 - x\n"));
    }
}
