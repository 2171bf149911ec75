package prosa.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes batches to whatever channels there are, one by one: what no real {@link BatchWriter} can do with fake connections. */
public class ChannelBatches implements BatchWriter {
    private final Map<Integer, WritableByteChannel> admitted = new HashMap<>();
    private final List<ByteBuffer> batch = new ArrayList<>();
    private final List<WritableByteChannel> to = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private int numbers;
    private int answer = NEVER;
    private int asked;

    /** What everybody is told who asks to be admitted: {@link #NEVER} or {@link #NOT_YET}. */
    public synchronized void refuse(int answer) {
        this.answer = answer;
        numbers = Integer.MIN_VALUE;
    }

    public synchronized void admitFromNowOn() {
        numbers = 0;
    }

    @Override
    public synchronized int admit(WritableByteChannel channel) {
        asked++;
        if (numbers < 0) {
            return answer;
        }
        admitted.put(numbers, channel);
        return numbers++;
    }

    @Override
    public synchronized void dismiss(int socket) {
        if (admitted.remove(socket) == null) {
            throw new IllegalStateException("dismissed twice");
        }
    }

    @Override
    public synchronized void add(int socket, ByteBuffer units) {
        batch.add(units.duplicate());
        WritableByteChannel channel = admitted.get(socket);
        if (channel == null || batch.size() > MOST) {
            throw new IllegalStateException("socket " + socket + " in a batch of " + batch.size());
        }
        to.add(channel);
    }

    @Override
    public synchronized void write() {
        taken.clear();
        sizes.add(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            taken.add(write(to.get(i), batch.get(i)));
        }
        batch.clear();
        to.clear();
    }

    private static int write(WritableByteChannel channel, ByteBuffer units) {
        try {
            return channel.write(units);
        } catch (IOException | IllegalStateException e) {
            return FAILED;
        }
    }

    @Override
    public synchronized int taken(int write) {
        return taken.get(write);
    }

    /** How many writes were in each batch. */
    public synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    public synchronized int asked() {
        return asked;
    }

    public synchronized int admitted() {
        return admitted.size();
    }

    @Override
    public void close() {}
}
