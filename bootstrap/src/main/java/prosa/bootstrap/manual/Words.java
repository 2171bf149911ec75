package prosa.bootstrap.manual;

import prosa.language.Catalogue;
import prosa.language.Language;

/** What the manual says beside the help. Any thread. */
final class Words {
    private Words() {}

    static Catalogue in(Language language) {
        return Catalogue.beside(Words.class, language);
    }
}
