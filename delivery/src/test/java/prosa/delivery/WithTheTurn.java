package prosa.delivery;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The test's thread passes for the delivery thread: for tests of a part that is {@link OwnedByTurn}, with no house around it. */
public final class WithTheTurn implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext test) {
        DeliveryThread.noteTurn(true);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        DeliveryThread.noteTurn(false);
    }
}
