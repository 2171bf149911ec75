package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.port.HouseClock;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;

/** A house with the wires of a browser alone, on a free port. */
final class HttpHouse {
    private HttpHouse() {}

    static House open() {
        return open(HouseClock.over(InstantSource.system()));
    }

    static House open(HouseClock clock) {
        return OneWireHouse.open(clock, chat -> transport(chat, InetAddress.getLoopbackAddress(), routes -> {}));
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

    private static HttpTransport transport(Chat chat, InetAddress address, Consumer<RoutesConfig> more) {
        return new HttpTransport(
                chat,
                List.of(address),
                0,
                OptionalInt::empty,
                OptionalInt::empty,
                token -> false,
                new Descriptors(() -> Long.MAX_VALUE),
                ZoneOffset.UTC,
                new PlantedSocket(),
                more);
    }
}
