package prosa.doctor;

import prosa.language.Catalogue;
import prosa.language.Language;

/** What {@code doctor} says on the command line. Any thread. */
final class Words {
    private Words() {}

    static Catalogue in(Language language) {
        return Catalogue.beside(Words.class, language);
    }
}
