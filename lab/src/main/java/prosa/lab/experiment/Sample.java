package prosa.lab.experiment;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Texts that framings and decoders trip over. Their ids are the variants of the experiment's trials, and stable. */
public enum Sample {
    ASCII("ascii", "plain text"),
    /** Of two bytes each in UTF-8. */
    ACCENTS("accents", "ação, coração, pingüim"),
    /** A letter and the accent that goes on it: two code points, which must not be made one. */
    COMBINING("combining", "e\u0301 is not \u00e9"),
    /** Three people joined to a family: 5 code points, 18 bytes, one picture. */
    EMOJI_ZWJ("emoji-zwj", "👩\u200d👩\u200d👧 and 👍🏽"),
    RIGHT_TO_LEFT("right-to-left", "שלום, مرحبا"),
    /** Turns the direction of what follows it: dangerous in names and texts. */
    BIDI_OVERRIDE("bidi-override", "abc\u202edef"),
    /** Ends a line in JavaScript, and in no protocol. */
    LINE_SEPARATOR("line-separator", "one\u2028two"),
    CR("cr", "one\rtwo"),
    LF("lf", "one\ntwo"),
    CRLF("crlf", "one\r\ntwo"),
    NUL("nul", "one\u0000two"),
    /** What would begin another event, another field, another object, if a framing did not guard its text. */
    FRAMING_LOOKALIKE("framing-lookalike", "x\n\ndata: {\"type\":\"said\"}\nid: 1-1\n\n}]"),
    QUOTES("quotes", "\"quoted\" \\ and \\u0041"),
    /** As long as a text may be, each code point of 4 bytes. */
    LONGEST("longest", "🎉".repeat(4_000)),
    /** Half of a pair, which JSON can write as an escape and UTF-8 can't. */
    LONE_SURROGATE("lone-surrogate", "half \ud83d of a pair"),
    /** Bytes that are no UTF-8: a beginning without its end, and a byte that never occurs. */
    INVALID_UTF8("invalid-utf8", "61c328ff62");

    private final String id;
    private final String text;

    Sample(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** What it is called in figures and reports. */
    public String id() {
        return id;
    }

    /** The text, if it is one. */
    Optional<String> text() {
        return this == INVALID_UTF8 ? Optional.empty() : Optional.of(text);
    }

    /** Its bytes, those of invalid UTF-8 too. */
    byte[] bytes() {
        return this == INVALID_UTF8 ? HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the protocol makes of it: line ends become LF; other controls, turned directions and what is no Unicode U+FFFD. */
    String expected() {
        String decoded = text().orElseGet(() -> new String(bytes(), StandardCharsets.UTF_8));
        return decoded.replaceAll("\r\n|[\r\u0085\u2028\u2029]", "\n")
                .replaceAll("[\\p{Cc}&&[^\t\n]]|[\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]", "\ufffd");
    }

    /** Whether what is expected is the text itself. */
    boolean comesBackEqual() {
        return text().filter(expected()::equals).isPresent();
    }
}
