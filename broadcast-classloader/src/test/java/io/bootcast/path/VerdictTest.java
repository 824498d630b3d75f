package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static Verdict sent(Verdict verdict) {
        return Verdict.of(verdict.toBytes());
    }

    @Test
    void verdictWhenItIsGoCarriesItsResult() {
        Verdict heard = sent(Verdict.go(new byte[] {1, 2}));

        assertArrayEquals(new byte[] {1, 2}, heard.result());
        assertEquals("", heard.text());
        assertFalse(heard.isWait());
        assertFalse(heard.isFallBack());
    }

    @Test
    void verdictWhenItIsGoCarriesItsText() {
        Verdict heard = sent(Verdict.go("imäge"));

        assertEquals("imäge", heard.text());
        assertFalse(heard.isFallBack());
    }

    @Test
    void verdictWhenItIsWaitIsNoOutcome() {
        Verdict heard = sent(Verdict.waitLonger());

        assertTrue(heard.isWait());
        assertFalse(heard.isFallBack());
    }

    @Test
    void verdictWhenItIsFallBackCarriesTheReason() {
        Verdict heard = sent(Verdict.fallBack("no room"));

        assertTrue(heard.isFallBack());
        assertEquals("no room", heard.text());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void verdictWhenItIsAFailureThrowsTheSameFaultAndMessage(Fault fault) {
        Verdict heard = sent(Verdict.fail(new BootcastException(fault, "what failed: key=ä")));

        BootcastException result = assertThrows(BootcastException.class, heard::result);
        BootcastException text = assertThrows(BootcastException.class, heard::text);

        assertEquals(fault, result.fault());
        assertEquals("what failed: key=ä", result.getMessage());
        assertEquals("what failed: key=ä", text.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, Integer.MAX_VALUE})
    void verdictWhenItsKindIsUnknownIsAFailure(int kind) {
        byte[] bytes =
                new Message().put(kind).put(99).put("text").put(new byte[0]).toBytes();

        BootcastException thrown =
                assertThrows(BootcastException.class, () -> Verdict.of(bytes).result());

        assertEquals(Fault.INTERNAL, thrown.fault());
        assertEquals("text", thrown.getMessage());
    }
}
