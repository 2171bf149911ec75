package prosa.planted.language;

import prosa.planted.dialect.DialectFaults;

public final class LanguageFaults {
    public record KnowsADialect(DialectFaults dialect) {}
}
