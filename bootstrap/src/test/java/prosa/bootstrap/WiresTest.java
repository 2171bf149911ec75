package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import prosa.application.port.Transport;

class WiresTest {
    private final Wires wires = new Wires();

    private record PlantedWire(URI uri, boolean taken) implements Transport {
        @Override
        public void start() throws BindException {
            if (taken) {
                throw new BindException("Address already in use");
            }
        }

        @Override
        public List<URI> listening() {
            return List.of(uri);
        }

        @Override
        public void stopAccepting() {}

        @Override
        public void stop(Duration grace) {}
    }

    private static PlantedWire free(String uri) {
        return new PlantedWire(URI.create(uri), false);
    }

    private static PlantedWire taken(String uri) {
        return new PlantedWire(URI.create(uri), true);
    }

    @Test
    void theTutorialIsToldOfFirstThoughItStartsLast() throws Exception {
        wires.start(free("http://127.0.0.1:1"), "--http-port 1", "");
        assertEquals(OptionalInt.empty(), wires.tutorialPort());
        wires.startTutorial(free("sse://127.0.0.1:2"), new Options.TutorialPort(0, true));
        assertEquals(List.of(URI.create("sse://127.0.0.1:2"), URI.create("http://127.0.0.1:1")), wires.listening());
        assertEquals(OptionalInt.of(2), wires.tutorialPort());
    }

    @Test
    void aTakenPortThatNobodyAskedForIsGoneWithout() throws Exception {
        wires.startTutorial(taken("sse://127.0.0.1:9090"), new Options.TutorialPort(9090, false));
        assertEquals(List.of(), wires.listening());
        assertEquals(OptionalInt.empty(), wires.tutorialPort());
    }

    @Test
    void aTakenPortThatSomebodyAskedForIsNamed() {
        StartFailed failed = assertThrows(
                StartFailed.class,
                () -> wires.startTutorial(taken("sse://127.0.0.1:9"), new Options.TutorialPort(9, true)));
        assertEquals("--tutorial-port 9: the port is taken", failed.getMessage());
        assertEquals(List.of(), wires.listening());
    }
}
