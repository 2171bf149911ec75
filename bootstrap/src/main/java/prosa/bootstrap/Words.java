package prosa.bootstrap;

import prosa.language.Catalogue;
import prosa.language.Language;

/** What the server says on the command line. Any thread. */
final class Words {
    private Words() {}

    static Catalogue in(Language language) {
        return Catalogue.beside(Words.class, language);
    }
}
