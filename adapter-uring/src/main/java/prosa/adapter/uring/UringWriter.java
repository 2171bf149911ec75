package prosa.adapter.uring;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.BatchWriter;
import prosa.delivery.Collapse;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;

/**
 * Batches by io_uring. Where there is none (other systems, kernels before 5.7, containers that forbid it) it admits nobody, and says so
 * in the log once.
 *
 * <p>It opens beside the delivery thread, when it is asked to or when the first one is to be admitted: Java's way to the kernel has to be
 * loaded, which takes some 100 ms, and a round would wait for it.
 */
@OwnedByTurn
public final class UringWriter implements BatchWriter {
    private static final Logger LOG = LoggerFactory.getLogger(UringWriter.class);

    private final FutureTask<Optional<Opened>> opening = new FutureTask<>(UringWriter::opened);
    private final int[] results = new int[MOST];
    private final AtomicBoolean begun = new AtomicBoolean();
    private @Nullable Opened opened;

    /** The buffer that was added last and where its memory begins: nearly all of a batch lies in the same. */
    private @Nullable ByteBuffer lastUnits;

    private long lastAddress;

    private record Opened(Ring ring, ChannelDescriptors descriptors) {}

    private static Optional<Opened> opened() {
        try {
            return Optional.of(new Opened(Ring.open(MOST), new ChannelDescriptors()));
        } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.info("No io_uring ({}): each connection is written to by itself", e.toString());
            return Optional.empty();
        }
    }

    @OwnedByTurn.AnyThread
    @Override
    public void open() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("prosa-uring").start(opening);
        }
    }

    @Override
    public int admit(WritableByteChannel channel) {
        assert DeliveryThread.hasTurn();
        if (!(channel instanceof SocketChannel socket)) {
            return NEVER;
        }
        open();
        return switch (opening.state()) {
            case RUNNING -> NOT_YET;
            case SUCCESS -> {
                opened = opening.resultNow().orElse(null);
                yield opened == null ? NEVER : give(opened, socket);
            }
            case FAILED -> {
                Collapse.ifOutOfMemory(opening.exceptionNow());
                yield NEVER;
            }
            case CANCELLED -> NEVER;
        };
    }

    /** If the channel is open afterwards its descriptor was its own all the time: a channel closes first and lets go of it then. */
    private static int give(Opened opened, SocketChannel socket) {
        int number = opened.ring().give(opened.descriptors().of(socket));
        if (number >= 0 && !socket.isOpen()) {
            opened.ring().takeBack(number);
            return NEVER;
        }
        return number >= 0 ? number : NEVER;
    }

    private Ring ring() {
        if (opened == null) {
            throw new IllegalStateException("nobody was admitted");
        }
        return opened.ring();
    }

    @Override
    public void dismiss(int socket) {
        assert DeliveryThread.hasTurn();
        ring().takeBack(socket);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same memory is meant, not the same bytes
    public void add(int socket, ByteBuffer units) {
        assert DeliveryThread.hasTurn();
        if (units != lastUnits) {
            lastUnits = units;
            lastAddress = MemorySegment.ofBuffer(units).address() - units.position();
        }
        ring().send(socket, lastAddress + units.position(), units.remaining());
    }

    @Override
    public void write() {
        assert DeliveryThread.hasTurn();
        ring().submit(results);
        lastUnits = null;
    }

    @Override
    public int taken(int write) {
        assert DeliveryThread.hasTurn();
        int result = results[write];
        return result >= 0 ? result : result == Ring.FULL ? 0 : FAILED;
    }

    @OwnedByTurn.AnyThread
    @Override
    public void close() {
        if (begun.get() && opening.state() == Future.State.SUCCESS) {
            opening.resultNow().ifPresent(it -> it.ring().close());
        }
    }
}
