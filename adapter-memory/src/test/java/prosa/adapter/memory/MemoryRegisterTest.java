package prosa.adapter.memory;

import java.time.Instant;
import prosa.application.RegisterContract;
import prosa.application.SettableClock;
import prosa.application.port.MessageEngine;

class MemoryRegisterTest extends RegisterContract {
    @Override
    protected MessageEngine open() {
        return new MemoryEngine(new SettableClock(Instant.parse("2026-03-04T05:06:07Z")), 1_000);
    }
}
