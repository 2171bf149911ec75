package prosa.adapter.uring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SocketChannel;

/** Channels' file descriptors, which the JDK keeps to itself: the jar's manifest exports the package. For any thread. */
final class ChannelDescriptors {
    private final MethodHandle descriptorOf;

    /** @throws ReflectiveOperationException if this JDK has no such method, or does not let us */
    ChannelDescriptors() throws ReflectiveOperationException {
        descriptorOf = MethodHandles.lookup()
                .findVirtual(Class.forName("sun.nio.ch.SelChImpl"), "getFDVal", MethodType.methodType(int.class));
    }

    /** The number may be another file's as soon as the channel is closed. */
    int of(SocketChannel channel) {
        try {
            return (int) descriptorOf.invoke(channel);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
