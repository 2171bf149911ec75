package prosa.adapter.tcp;

import java.net.InetAddress;
import java.time.ZoneOffset;
import java.util.List;
import prosa.application.Descriptors;
import prosa.application.port.UserTimeout;
import prosa.language.Language;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;

/** A house with lines on sockets alone, on a free port. */
final class TcpHouse {
    private TcpHouse() {}

    static House open() {
        return open(Language.ENGLISH);
    }

    static House inPortuguese() {
        return open(Language.PORTUGUESE);
    }

    private static House open(Language language) {
        return OneWireHouse.open(chat -> new TcpTransport(
                chat,
                List.of(InetAddress.getLoopbackAddress()),
                0,
                new Descriptors(() -> Long.MAX_VALUE),
                UserTimeout.NONE,
                language,
                ZoneOffset.UTC));
    }
}
