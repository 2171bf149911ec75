package prosa.adapter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.application.port.HouseClock;
import prosa.delivery.Collapse;
import prosa.delivery.Ends;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** Who tells what was kept does so for all: if that ends midway, nobody is told anything any more. */
class TellerEndTest {
    @Test
    void whatNobodyForesawIsTheEnd() throws Exception {
        MemoryEngine engine = new MemoryEngine(HouseClock.over(InstantSource.system()), 1 << 20);
        engine.start(batch -> {
            throw new StackOverflowError("planted by a test");
        });
        Draft draft = new Draft(
                new RoomName("main"),
                new Name("Ana"),
                new Via("http"),
                HouseClock.over(InstantSource.system()).instant(),
                new Text("hello"),
                Optional.empty());
        try (Ends ends = new Ends()) {
            assertThrows(Collapse.class, () -> engine.publish(draft, 0));
            Collapse collapse = assertInstanceOf(Collapse.class, ends.next());
            assertEquals("the history's teller has ended", collapse.getMessage());
        }
    }
}
