package prosa.adapter.tcp;

import java.nio.ByteBuffer;

/**
 * The layer of telnet commands under a text (RFC 854, RFC 855). They are taken out of the stream, wherever it is cut; every
 * option that a client offers or asks for is declined, and nothing is ever asked for by us, so no negotiation can loop.
 *
 * <p>Declining matters: after ^C, telnet shows nothing more until its DO TIMING-MARK is answered (RFC 860).
 *
 * <p>Owned by the event loop's thread.
 */
final class Telnet {
    /** Not a byte of text. */
    static final int NOTHING = -1;

    /** So many answers at most to what is read at once; a client that negotiates more than that is not a person's. */
    private static final int MAX_ANSWERS = 64;

    private static final int IAC = 255;
    private static final int DONT = 254;
    private static final int DO = 253;
    private static final int WONT = 252;
    private static final int WILL = 251;
    private static final int SB = 250;
    private static final int ERASE_CHARACTER = 247;
    private static final int SE = 240;
    private static final int BACKSPACE = 8;

    static final ByteBuffer NO_ANSWERS = ByteBuffer.allocate(0);

    private State state = State.TEXT;
    private ByteBuffer answers = NO_ANSWERS;
    private int commands;

    private enum State {
        TEXT,
        COMMAND,
        WILL_WHAT,
        DO_WHAT,
        IGNORED_OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND
    }

    /**
     * Takes a byte as it came.
     *
     * @return a byte of text, 0 to 255, or {@link #NOTHING}
     */
    int take(byte raw) {
        int b = raw & 0xFF;
        switch (state) {
            case TEXT -> {
                if (b != IAC) {
                    return b;
                }
                state = State.COMMAND;
                commands++;
            }
            case COMMAND -> {
                return command(b);
            }
            case WILL_WHAT -> decline(DONT, b);
            case DO_WHAT -> decline(WONT, b);
            case IGNORED_OPTION -> state = State.TEXT;
            case SUBNEGOTIATION -> {
                if (b == IAC) {
                    state = State.SUBNEGOTIATION_COMMAND;
                }
            }
            case SUBNEGOTIATION_COMMAND -> state = b == SE ? State.TEXT : State.SUBNEGOTIATION;
        }
        return NOTHING;
    }

    private int command(int b) {
        state = switch (b) {
            case WILL -> State.WILL_WHAT;
            case DO -> State.DO_WHAT;
            case WONT, DONT -> State.IGNORED_OPTION;
            case SB -> State.SUBNEGOTIATION;
            default -> State.TEXT;
        };
        return switch (b) {
            case IAC -> IAC;
            case ERASE_CHARACTER -> BACKSPACE;
            default -> NOTHING;
        };
    }

    private void decline(int verb, int option) {
        state = State.TEXT;
        if (answers == NO_ANSWERS) {
            answers = ByteBuffer.allocate(3 * MAX_ANSWERS);
        }
        if (answers.hasRemaining()) {
            answers.put((byte) IAC).put((byte) verb).put((byte) option);
        }
    }

    /** How many commands came since the last call. */
    int commands() {
        int came = commands;
        commands = 0;
        return came;
    }

    /** What has to be answered since the last call, in triples. */
    ByteBuffer answers() {
        ByteBuffer due = answers.flip();
        answers = NO_ANSWERS;
        return due;
    }
}
