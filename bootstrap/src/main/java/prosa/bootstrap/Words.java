package prosa.bootstrap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import prosa.language.Catalogue;
import prosa.language.Language;

/** What the server says on the command line. Each language is read once. Any thread. */
final class Words {
    private static final Map<Language, Catalogue> READ = new ConcurrentHashMap<>();

    private Words() {}

    static Catalogue in(Language language) {
        return READ.computeIfAbsent(language, wanted -> Catalogue.beside(Words.class, wanted));
    }
}
