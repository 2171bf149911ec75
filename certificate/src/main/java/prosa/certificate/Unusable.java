package prosa.certificate;

import java.nio.file.Path;

/** There is no certificate to serve with. The message is in English, for the log. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong with what lies at the path. */
    public enum Reason {
        /** There is no such file. */
        NOT_FOUND,
        /** This user may not read it. */
        FORBIDDEN,
        /** It can't be read; the detail is what the system said. */
        NOT_READABLE,
        /** It holds no certificate in PEM. */
        NO_CERTIFICATE,
        /** It holds no private key in PEM. */
        NO_KEY,
        /** The key in it is locked by a passphrase. */
        ENCRYPTED_KEY,
        /** The key in it is of a kind that TLS can't use here. */
        UNKNOWN_KEY,
        /** The key in it is not that of the certificate. */
        OTHER_KEY,
        /** The folder can't be written to; the detail is what the system said. */
        NOT_WRITABLE
    }

    private final Reason reason;
    private final transient Path path;
    private final String detail;

    Unusable(Reason reason, Path path) {
        this(reason, path, "");
    }

    Unusable(Reason reason, Path path, String detail) {
        super(path + ": " + reason + (detail.isEmpty() ? "" : " (" + detail + ")"), null, false, false);
        this.reason = reason;
        this.path = path;
        this.detail = detail;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The file or folder at fault. */
    public Path path() {
        return path;
    }

    /** What the system said about it, or nothing. */
    public String detail() {
        return detail;
    }
}
