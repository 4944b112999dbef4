package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptTest {
    @Test
    void whatIsKeptServesOnWhenThereIsNoRoomForMore() {
        Kept<Integer, String> kept = Kept.atMost(100);
        for (int round = 0; round < 5; round++) {
            long found =
                    IntStream.range(0, 150).filter(i -> kept.get(i) != null).count();
            assertEquals(round == 0 ? 0 : 100, found);
            IntStream.range(0, 150).filter(i -> kept.get(i) == null).forEach(i -> kept.put(i, "x"));
        }
    }

    @Test
    void roomThatIsLeftIsUsedAgain() {
        Kept<Integer, String> kept = Kept.atMost(2);
        IntStream.range(0, 3).forEach(i -> kept.putIfAbsent(i, "x"));
        assertNull(kept.get(2));
        kept.remove(0);
        kept.putIfAbsent(2, "y");
        assertEquals(Map.of(1, "x", 2, "y"), kept.copy());
    }

    @Test
    void aValueIsReplacedAlsoWhenThereIsNoRoom() {
        Kept<Integer, String> kept = Kept.atMost(1);
        kept.put(1, "old");
        kept.put(1, "new");
        kept.putIfAbsent(1, "not this");
        assertEquals("new", kept.get(1));
    }

    @Test
    void manyMoreThanAFixedNumberAreKept() {
        Kept<Integer, String> kept = Kept.sinceUse(Duration.ofDays(1), 100);
        assertTrue(kept.isEmpty());
        IntStream.range(0, 30_000).forEach(i -> kept.put(i, "x"));
        assertEquals(30_000, kept.copy().size());
    }
}
