package prosa.lab.compare;

import prosa.language.Catalogue;
import prosa.language.Language;

/** What a command line is answered, and what {@code compare} says on it. Any thread. */
final class Words {
    private Words() {}

    static Catalogue in(Language language) {
        return Catalogue.beside(Words.class, language);
    }
}
