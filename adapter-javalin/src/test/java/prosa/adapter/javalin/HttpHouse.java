package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.port.HouseClock;
import prosa.application.port.Limits;
import prosa.application.port.Port;
import prosa.application.port.Trust;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.TestTls;

/** A house with the wires of a browser alone, on a free port. */
final class HttpHouse {
    private HttpHouse() {}

    static House open() {
        return open(HouseClock.over(InstantSource.system()));
    }

    static House open(HouseClock clock) {
        return OneWireHouse.open(clock, chat -> transport(chat, InetAddress.getLoopbackAddress(), routes -> {}));
    }

    /** One with a second port, over TLS. */
    static House encrypted() {
        return encrypted(routes -> {});
    }

    /** With routes of others', too. */
    static House encrypted(Consumer<RoutesConfig> more) {
        return OneWireHouse.open(chat -> transport(
                chat,
                InetAddress.getLoopbackAddress(),
                List.of(new Port(0, Optional.empty()), new Port(0, Optional.of(TestTls.encryption()))),
                more));
    }

    /** One in which people may not do all they like. */
    static House limited(Limits limits) {
        return OneWireHouse.open(limits, chat -> transport(chat, InetAddress.getLoopbackAddress(), routes -> {}));
    }

    /** One with routes of others'. */
    static House open(Consumer<RoutesConfig> more) {
        return OneWireHouse.open(chat -> transport(chat, InetAddress.getLoopbackAddress(), more));
    }

    /** One that other machines can reach, if they find the port. */
    static House onAllAddresses() throws UnknownHostException {
        InetAddress any = InetAddress.getByName("0.0.0.0");
        return OneWireHouse.open(chat -> transport(chat, any, routes -> {}));
    }

    /** One that believes some what they say. */
    static House trusting(Trust trust) {
        return OneWireHouse.open(chat -> transport(
                chat,
                InetAddress.getLoopbackAddress(),
                List.of(Port.plain(0), new Port(0, Optional.of(TestTls.encryption()))),
                trust,
                routes -> {}));
    }

    private static HttpTransport transport(Chat chat, InetAddress address, Consumer<RoutesConfig> more) {
        return transport(chat, address, List.of(new Port(0, Optional.empty())), more);
    }

    private static HttpTransport transport(
            Chat chat, InetAddress address, List<Port> ports, Consumer<RoutesConfig> more) {
        return transport(chat, address, ports, Trust.NONE, more);
    }

    static HttpTransport transport(
            Chat chat, InetAddress address, List<Port> ports, Trust trust, Consumer<RoutesConfig> more) {
        return new HttpTransport(
                chat,
                List.of(address),
                ports,
                OptionalInt::empty,
                OptionalInt::empty,
                token -> false,
                trust,
                new Descriptors(() -> Long.MAX_VALUE),
                ZoneOffset.UTC,
                new PlantedSocket(),
                Optional.empty(),
                more);
    }
}
