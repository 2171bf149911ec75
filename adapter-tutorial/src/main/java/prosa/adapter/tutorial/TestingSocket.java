package prosa.adapter.tutorial;

import prosa.application.port.TextSocket;

/**
 * {@code /testing}: the server of the course's WebSocket tutorial. It greets, and logs what it is told.
 *
 * <p>Any thread.
 */
public final class TestingSocket implements TextSocket {
    private static final int LOGGED = 200;

    private final TestingLog log = new TestingLog();

    @Override
    public String path() {
        return "/testing";
    }

    @Override
    public String greeting() {
        return "Msg from server";
    }

    @Override
    public void heard(String text) {
        log.heard(visible(text));
    }

    /** At most 200 characters, and no control characters: a client must not write lines of its own into the log. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LOGGED).forEach(c -> {
            if (isInvisible(c)) {
                shown.append(c > 0xFFFF ? String.format("\\u{%x}", c) : String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
