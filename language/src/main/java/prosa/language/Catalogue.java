package prosa.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts in one language, each under a key. They stand in {@code words.en.properties} and {@code words.pt.properties} beside the class
 * that says them, as {@link MessageFormat} has them, but for {@code '}, which is an apostrophe and no more. So {@code {0}} is the first
 * value, and a text whose words agree with a number has a form for each: {@code {0,choice,0#{0} messages|1#{0} message|2#{0}
 * messages}}. Any thread may ask; a text with values is taken apart each time, so it is nothing for what is said often.
 */
public final class Catalogue {
    private static final Map<Speech, Catalogue> READ = new ConcurrentHashMap<>();

    private final Language language;
    private final Map<String, String> texts;

    private record Speech(Class<?> speaker, Language language) {}

    private Catalogue(Language language, Map<String, String> texts) {
        this.language = language;
        this.texts = texts;
    }

    /**
     * Read once.
     *
     * @throws UncheckedIOException if the file can't be read
     */
    public static Catalogue beside(Class<?> speaker, Language language) {
        return READ.computeIfAbsent(new Speech(speaker, language), speech -> read(speaker, language));
    }

    private static Catalogue read(Class<?> speaker, Language language) {
        Properties read = new Properties();
        String name = "words." + language.tag() + ".properties";
        try (InputStream from = Objects.requireNonNull(speaker.getResourceAsStream(name), name);
                Reader text = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            read.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Without streams: they would be loaded for this alone where a command only prints its help.
        Map<String, String> texts = new HashMap<>();
        for (String key : read.stringPropertyNames()) {
            texts.put(key, read.getProperty(key, ""));
        }
        return new Catalogue(language, Map.copyOf(texts));
    }

    public Language language() {
        return language;
    }

    public Set<String> keys() {
        return texts.keySet();
    }

    /** A text without values; empty if there is none under that key. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /**
     * A text without values, as it stands.
     *
     * @throws IllegalArgumentException if there is none under that key
     */
    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " has no text in " + language));
    }

    /**
     * A text with its values.
     *
     * @param values numbers are written as people write them in that language, all else by its {@code toString}
     * @throws IllegalArgumentException if there is none under that key, or it is no {@link MessageFormat}
     */
    public String get(String key, Object... values) {
        return new MessageFormat(get(key).replace("'", "''"), language.locale()).format(values);
    }
}
