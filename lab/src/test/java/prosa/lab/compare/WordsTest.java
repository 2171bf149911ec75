package prosa.lab.compare;

import prosa.language.CatalogueContract;

class WordsTest extends CatalogueContract {
    WordsTest() {
        super(Words.class);
    }
}
