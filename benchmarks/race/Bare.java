import com.sun.management.OperatingSystemMXBean;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What jnats alone takes of the processor for what a node asks of it: to publish each message asynchronously, with the headers that Prosa
 * gives it, and to receive it again with an ordered consumer. Nothing is done with it.
 *
 * <p>Arguments: the server's URL, messages a second, seconds before it is measured, seconds that are measured, and {@code publish}, or
 * {@code pace} for the clock alone. Prints microseconds of processor time a message.
 */
final class Bare {
    private static final String SUBJECT = "bare.room.main";
    private static final String RUN = "0123456789abcdef.";

    public static void main(String[] arguments) throws Exception {
        int rate = Integer.parseInt(arguments[1]);
        int before = Integer.parseInt(arguments[2]) * rate;
        int counted = Integer.parseInt(arguments[3]) * rate;
        try (Connection connection = Nats.connect(Options.builder().server(arguments[0]).noReconnect().build())) {
            connection.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("BARE")
                            .subjects(SUBJECT)
                            .storageType(StorageType.File)
                            .duplicateWindow(Duration.ofMinutes(10))
                            .build());
            JetStream stream = connection.jetStream();
            Thread.ofPlatform().daemon().start(() -> follow(stream));
            boolean publishes = arguments[4].equals("publish");
            long due = System.nanoTime();
            long atFirst = 0;
            for (int i = 0; i < before + counted; i++) {
                if (i == before) {
                    atFirst = processorTime();
                }
                if (publishes) {
                    stream.publishAsync(message(i));
                }
                due += 1_000_000_000L / rate;
                LockSupport.parkNanos(due - System.nanoTime());
            }
            System.out.println((processorTime() - atFirst) / 1e3 / counted);
        }
        System.exit(0);
    }

    private static void follow(JetStream stream) {
        try {
            JetStreamSubscription all = stream.subscribe(
                    SUBJECT, PushSubscribeOptions.builder().ordered(true).stream("BARE").build());
            while (true) {
                all.nextMessage(Duration.ofMillis(250));
            }
        } catch (Exception e) {
            // The connection is closed: it is over.
        }
    }

    private static NatsMessage message(int number) {
        Headers headers = new Headers()
                .put("Nats-Msg-Id", RUN + number)
                .put("Prosa-Kind", "said")
                .put("Prosa-By", "Ana")
                .put("Prosa-At", "1795356346674")
                .put("Prosa-From", RUN + number)
                .put("Prosa-Via", "ws");
        return NatsMessage.builder().subject(SUBJECT).headers(headers).data(new byte[64]).build();
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
