package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextMessageTest {
    private final TextMessage message = new TextMessage();

    private void add(byte[] bytes) {
        message.add(ByteBuffer.wrap(bytes));
    }

    @Test
    void fragmentsMakeOneTextWhereverTheyAreCut() {
        byte[] bytes = "olá, 🚲".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            message.add(ByteBuffer.wrap(bytes, 0, cut));
            message.add(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            assertEquals(new TextMessage.Whole("olá, 🚲"), message.take());
        }
    }

    @Test
    void anEmptyFrameIsAnEmptyText() {
        message.add(null);
        assertEquals(new TextMessage.Whole(""), message.take());
    }

    @Test
    void whatIsTooLongIsDroppedAndTheNextIsHeard() {
        byte[] half = new byte[TextMessage.MAX_BYTES / 2 + 1];
        add(half);
        add(half);
        add(half);
        assertEquals(new TextMessage.TooLong(), message.take());
        add("oi".getBytes(StandardCharsets.UTF_8));
        assertEquals(new TextMessage.Whole("oi"), message.take());
    }

    @Test
    void whatIsNotUtf8IsToldApart() {
        add(new byte[] {(byte) 0xC3, 0x28});
        assertEquals(new TextMessage.NotUtf8(), message.take());
    }
}
