package prosa.lab.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps all that a tap is shown. Its own lock owns it. */
final class Recorder implements Tap {
    private final Map<Direction, ByteArrayOutputStream> received = new EnumMap<>(Direction.class);
    private final Map<Direction, ByteArrayOutputStream> forwarded = new EnumMap<>(Direction.class);
    private final List<String> ends = new ArrayList<>();

    @Override
    public synchronized void received(Direction direction, ByteBuffer bytes, long nanos) {
        keep(received, direction, bytes);
    }

    @Override
    public synchronized void forwarded(Direction direction, ByteBuffer bytes, long nanos) {
        keep(forwarded, direction, bytes);
    }

    private static void keep(Map<Direction, ByteArrayOutputStream> kept, Direction direction, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        kept.computeIfAbsent(direction, key -> new ByteArrayOutputStream()).writeBytes(copy);
    }

    @Override
    public synchronized void ended(Direction direction, boolean reset, long nanos) {
        ends.add(direction + (reset ? " reset" : " fin"));
    }

    @Override
    public synchronized void closed(long nanos) {
        ends.add("closed");
    }

    synchronized byte[] received(Direction direction) {
        return received.getOrDefault(direction, new ByteArrayOutputStream()).toByteArray();
    }

    synchronized byte[] forwarded(Direction direction) {
        return forwarded.getOrDefault(direction, new ByteArrayOutputStream()).toByteArray();
    }

    synchronized int size(Direction direction) {
        return forwarded.getOrDefault(direction, new ByteArrayOutputStream()).size();
    }

    synchronized List<String> ends() {
        return List.copyOf(ends);
    }
}
