package prosa.application.port;

import java.io.IOException;

/** A wire that listens on two ports can't on the one that is encrypted. */
public final class EncryptedPortFailed extends IOException {
    private static final long serialVersionUID = 1;

    /** @param cause what the system says */
    public EncryptedPortFailed(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
