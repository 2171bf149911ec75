package prosa.doctor;

import prosa.language.CatalogueContract;

class WordsTest extends CatalogueContract {
    WordsTest() {
        super(Words.class);
    }
}
