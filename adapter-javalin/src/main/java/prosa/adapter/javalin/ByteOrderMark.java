package prosa.adapter.javalin;

/** U+FEFF, which Windows' tools put before a text. It is no part of it (Unicode 16.0 §23.8), and would be one of somebody's name. */
final class ByteOrderMark {
    private static final String MARK = "\uFEFF";

    private ByteOrderMark() {}

    /** A text without the mark before it. */
    static String skip(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }
}
