package prosa.adapter.javalin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.dialect.JsonDialect;
import prosa.language.Language;
import prosa.dialect.TextDialect;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What it costs to write a message down, once per codec. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    private final Event said = new Event.Said(new Message(
            new Position(1_790_000_000_000L, 42),
            RoomName.MAIN,
            new Name("Alex"),
            new Via("ws"),
            Instant.ofEpochMilli(1_790_000_000_123L),
            new Text("Muito bom esse servidor. 0123456789 0123456789 0123456789")));
    private final Codec text = new FrameCodec(new TextDialect(Language.ENGLISH, ZoneOffset.UTC));
    private final Codec json = new FrameCodec(new JsonDialect(Language.ENGLISH));
    private final Codec events = new EventStreamCodec(new JsonDialect(Language.ENGLISH));

    @Benchmark
    public byte[] webSocketText() {
        return text.encode(said);
    }

    @Benchmark
    public byte[] webSocketJson() {
        return json.encode(said);
    }

    @Benchmark
    public byte[] eventStream() {
        return events.encode(said);
    }
}
