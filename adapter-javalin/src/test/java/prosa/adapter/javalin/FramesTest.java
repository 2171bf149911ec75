package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.internal.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    /** The lengths around which RFC 6455 §5.2 writes the length in another way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
    void jettysParserReadsBackWhatWeFrame(int length) {
        String text = "x".repeat(length);
        Configuration anySize = new Configuration.ConfigurationCustomizer();
        anySize.setMaxFrameSize(0);
        anySize.setAutoFragment(false);
        Frame frame = new Parser(ByteBufferPool.NON_POOLING, anySize).parse(ByteBuffer.wrap(Frames.text(text)));
        assertEquals(OpCode.TEXT, frame.getOpCode());
        assertTrue(frame.isFin());
        assertFalse(frame.isMasked());
        assertEquals(text, frame.getPayloadAsUTF8());
    }
}
