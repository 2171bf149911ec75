package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {
    private static final int ESC = 27;
    private static final int IAC = 255;
    private static final int DONT = 254;
    private static final int DO = 253;
    private static final int WONT = 252;
    private static final int WILL = 251;
    private static final int SB = 250;
    private static final int SE = 240;

    /** What a client sends, the lines in it, and what telnet is answered. */
    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(bytes("a\nb\n"), List.of("a", "b"), bytes()),
                Arguments.of(bytes("a\r\nb\r\n"), List.of("a", "b"), bytes()),
                Arguments.of(bytes("a\r\0b\r\0"), List.of("a", "b"), bytes()),
                Arguments.of(bytes("a\rb\r"), List.of("a", "b"), bytes()),
                Arguments.of(bytes("a\n\nb\r\r\n\r\0\n"), List.of("a", "", "b", "", "", ""), bytes()),
                Arguments.of(bytes("begun"), List.of(), bytes()),
                Arguments.of(bytes("\uFEFFAna\n\uFEFFhi\n"), List.of("Ana", "\uFEFFhi"), bytes()),
                Arguments.of(bytes("\uFEFF\uFEFFAna\n"), List.of("\uFEFFAna"), bytes()),
                Arguments.of(bytes("\uFEFF\r\na\n"), List.of("", "a"), bytes()),
                Arguments.of(bytes("\n\uFEFFa\n"), List.of("", "\uFEFFa"), bytes()),
                Arguments.of(bytes(0xEF, 0xBB, "a\n"), List.of("\uFFFDa"), bytes()),
                Arguments.of(bytes(0xEF, IAC, DO, 6, 0xBB, 0xBF, "a\n"), List.of("a"), bytes(IAC, WONT, 6)),
                Arguments.of(bytes("a\0b\0\n"), List.of("a\0b\0"), bytes()),
                Arguments.of(bytes("é漢👩‍👩‍👧\r\n"), List.of("é漢👩‍👩‍👧"), bytes()),
                Arguments.of(bytes("a", 0xC3, "b", 0xE6, 0xBC, "\n"), List.of("a\uFFFDb\uFFFD"), bytes()),
                Arguments.of(bytes(0xED, 0xA0, 0x80, "x\n"), List.of("\uFFFDx"), bytes()),
                Arguments.of(bytes("Anx\ba\n"), List.of("Ana"), bytes()),
                Arguments.of(bytes("Anx", 0x7F, "a\n"), List.of("Ana"), bytes()),
                Arguments.of(bytes("é漢👩\b\b\bx\n"), List.of("x"), bytes()),
                Arguments.of(bytes("a\b\b\b\bb\n\b\bc\n"), List.of("b", "c"), bytes()),
                Arguments.of(bytes("a", ESC, "[Db\n"), List.of("ab"), bytes()), // left
                Arguments.of(bytes("a", ESC, "[Ab", ESC, "[B", ESC, "[C", ESC, "[Fc\n"), List.of("abc"), bytes()),
                Arguments.of(bytes(ESC, "[H", ESC, "OA", ESC, "Oa\n"), List.of(""), bytes()),
                Arguments.of(bytes("é", ESC, "[3~", ESC, "[1;5D", ESC, "[15;2~b\n"), List.of("éb"), bytes()),
                Arguments.of(bytes("ab", ESC, "[D\bc\n"), List.of("ac"), bytes()), // and then backspace
                Arguments.of(bytes("a", ESC, "b\n"), List.of("a\u001Bb"), bytes()),
                Arguments.of(bytes("a", ESC, "\n", ESC, "[\n[Da\n"), List.of("a\u001B", "\u001B[", "[Da"), bytes()),
                Arguments.of(bytes(ESC, "[2J", ESC, "[31mx\n"), List.of("\u001B[2J\u001B[31mx"), bytes()),
                Arguments.of(bytes(ESC, "O1", ESC, "[1xD\n"), List.of("\u001BO1\u001B[1xD"), bytes()),
                Arguments.of(bytes(ESC, ESC, "[Da", ESC, "[1", ESC, "[Ab\n"), List.of("\u001Ba\u001B[1b"), bytes()),
                Arguments.of(bytes("a", ESC, "[\bDb\n"), List.of("a\u001BDb"), bytes()),
                Arguments.of(bytes("a", ESC, IAC, WILL, 31, "[Db\n"), List.of("ab"), bytes(IAC, DONT, 31)),
                Arguments.of(bytes("a", IAC, 247, "b\n"), List.of("b"), bytes()),
                Arguments.of(bytes("a", IAC, IAC, "b\n"), List.of("a\uFFFDb"), bytes()),
                Arguments.of(bytes("a", IAC, 241, IAC, 244, "b\n"), List.of("ab"), bytes()),
                Arguments.of(bytes(IAC, WILL, 31, "a\n"), List.of("a"), bytes(IAC, DONT, 31)),
                Arguments.of(
                        bytes("a", IAC, DO, 1, "b\r", IAC, DO, 6, "\n"),
                        List.of("ab"),
                        bytes(IAC, WONT, 1, IAC, WONT, 6)),
                Arguments.of(bytes(IAC, WONT, 1, IAC, DONT, 3, "a\n"), List.of("a"), bytes()),
                Arguments.of(
                        bytes(IAC, WILL, '\n', IAC, DO, IAC, "a\n"),
                        List.of("a"),
                        bytes(IAC, DONT, '\n', IAC, WONT, IAC)),
                Arguments.of(bytes("a", IAC, SB, 24, 0, "xterm\r\n", IAC, IAC, IAC, SE, "b\n"), List.of("ab"), bytes()),
                Arguments.of(
                        bytes("é".getBytes(StandardCharsets.UTF_8)[0], IAC, DO, 6, 0xA9, "\n"),
                        List.of("é"),
                        bytes(IAC, WONT, 6)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void linesAreTheSameWhereverTheStreamIsCut(byte[] stream, List<String> lines, byte[] answers) {
        assertRead(stream.length, stream, lines, answers);
        assertRead(1, stream, lines, answers);
        for (int cut = 1; cut < stream.length; cut++) {
            Reading reading = new Reading();
            reading.feed(Arrays.copyOfRange(stream, 0, cut));
            reading.feed(Arrays.copyOfRange(stream, cut, stream.length));
            reading.check(lines, answers);
        }
    }

    private static void assertRead(int pieceLength, byte[] stream, List<String> lines, byte[] answers) {
        Reading reading = new Reading();
        for (int i = 0; i < stream.length; i += pieceLength) {
            reading.feed(Arrays.copyOfRange(stream, i, i + pieceLength));
        }
        reading.check(lines, answers);
    }

    @Test
    void aProgramsLinesAreTakenAsTheyAre() {
        byte[] stream = bytes("prosa.v1\r\n{\"a\b\":1}\r\n", IAC, DO, 1, 0x7F, ESC, "[Dé\rx\n\n");
        for (int cut = 1; cut < stream.length; cut++) {
            Reading reading = new Reading();
            reading.jsonAfterFirst = true;
            reading.feed(Arrays.copyOfRange(stream, 0, cut));
            reading.feed(Arrays.copyOfRange(stream, cut, stream.length));
            reading.check(List.of("prosa.v1", "{\"a\b\":1}\r", "\uFFFD\uFFFD\u0001\u007F\u001B[Dé\rx", ""), bytes());
        }
    }

    @Test
    void theLongestLineIsWhole() {
        String longest = "😀".repeat(LineReader.TEXT_LIMIT / 4);
        Reading reading = new Reading();
        reading.feed(bytes(longest + "\n"));
        reading.check(List.of(longest), bytes());
    }

    @Test
    void aLineTooLongIsToldOnceAndTheNextIsRead() {
        for (int pieceLength : new int[] {1, 1000, 1 << 20}) {
            byte[] stream = bytes("a\n" + "x".repeat(LineReader.TEXT_LIMIT - 1) + "\u001B[D" + "\b".repeat(50_000)
                    + "y\u001B[D\r\nb\n");
            Reading reading = new Reading();
            for (int i = 0; i < stream.length; i += pieceLength) {
                reading.feed(Arrays.copyOfRange(stream, i, Math.min(stream.length, i + pieceLength)));
            }
            assertEquals(3, reading.lines.size());
            assertTrue(reading.lines.get(0).whole());
            assertFalse(reading.lines.get(1).whole());
            assertEquals("x".repeat(LineReader.CUT), reading.lines.get(1).text());
            assertEquals(new LineReader.Line("b", true), reading.lines.get(2));
        }
    }

    @Test
    void aLineTooLongIsToldBeforeItEnds() {
        Reading reading = new Reading();
        reading.feed(bytes("x".repeat(LineReader.TEXT_LIMIT)));
        assertEquals(0, reading.lines.size());
        reading.feed(bytes("x"));
        assertEquals(1, reading.lines.size());
    }

    @Test
    void aProgramsLineMayBeLonger() {
        Reading reading = new Reading();
        reading.jsonAfterFirst = true;
        reading.feed(bytes("prosa.v1\n" + "x".repeat(LineReader.JSON_LIMIT) + "\n"
                + "y".repeat(LineReader.JSON_LIMIT + 1) + "\nz\n"));
        assertEquals(
                List.of(true, true, false, true),
                reading.lines.stream().map(LineReader.Line::whole).toList());
        assertEquals("z", reading.lines.getLast().text());
    }

    @Test
    void aClientThatNegotiatesWithoutEndGetsBoundedAnswers() {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            flood.writeBytes(bytes(IAC, DO, i % 255));
        }
        LineReader reader = new LineReader();
        assertEquals(null, reader.next(ByteBuffer.wrap(flood.toByteArray())));
        int due = reader.answers().remaining();
        assertTrue(due > 0 && due <= 1024 && due % 3 == 0, () -> due + " bytes");
        assertFalse(reader.answers().hasRemaining());
    }

    /** A stream being read. */
    private static final class Reading {
        private final LineReader reader = new LineReader();
        private final List<LineReader.Line> lines = new ArrayList<>();
        private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
        private boolean jsonAfterFirst;

        void feed(byte[] piece) {
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            for (LineReader.Line line = reader.next(bytes); line != null; line = reader.next(bytes)) {
                lines.add(line);
                if (jsonAfterFirst && lines.size() == 1) {
                    reader.expectJson();
                }
            }
            assertFalse(bytes.hasRemaining());
            ByteBuffer due = reader.answers();
            while (due.hasRemaining()) {
                answers.write(due.get());
            }
        }

        void check(List<String> expected, byte[] expectedAnswers) {
            assertEquals(expected, lines.stream().map(LineReader.Line::text).toList());
            assertTrue(lines.stream().allMatch(LineReader.Line::whole));
            assertEquals(Arrays.toString(expectedAnswers), Arrays.toString(answers.toByteArray()));
        }
    }

    /** Strings in UTF-8, and numbers as single bytes. */
    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case String text -> all.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                case Character c -> all.write(c);
                case Number b -> all.write(b.intValue());
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return all.toByteArray();
    }
}
