package prosa.doctor.check;

import java.io.IOException;
import java.util.Optional;

/** Whether a page that is served there can open a WebSocket, and is told something on it. */
record WebSocketPasses(Site site) implements Check {
    private static final int SWITCHING = 101;
    private static final int UPGRADE_REQUIRED = 426;

    @Override
    public String id() {
        return "websocket";
    }

    @Override
    public Finding find() {
        try (Visit visit = Visit.begin(site, Optional.of(site.origin()), Visit.PATIENCE)) {
            return visit.isUpgraded() ? upgraded(visit) : refused(visit);
        } catch (IOException e) {
            return wrong("no-answer");
        }
    }

    private Finding upgraded(Visit visit) {
        try {
            visit.awaitQuestion();
            return right("passes");
        } catch (IOException e) {
            return wrong("mute");
        }
    }

    private Finding refused(Visit visit) throws IOException {
        int status = visit.head().status();
        if (status == SWITCHING) {
            return wrong("key");
        }
        if (status == UPGRADE_REQUIRED) {
            return wrong("upgrade-lost");
        }
        return PageOrigin.refused(visit.refusal()).isPresent()
                ? wrong("foreign", site.origin())
                : wrong("other", status);
    }
}
