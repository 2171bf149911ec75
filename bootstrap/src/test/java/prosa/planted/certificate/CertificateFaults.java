package prosa.planted.certificate;

import prosa.planted.application.Chat;
import prosa.planted.dialect.Dialect;

public final class CertificateFaults {
    public record KnowsTheApplication(Chat chat) {}

    public record SpeaksADialect(Dialect dialect) {}
}
