package prosa.adapter.tcp;

import java.net.InetAddress;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.port.Limits;
import prosa.application.port.Port;
import prosa.application.port.UserTimeout;
import prosa.language.Language;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.TestTls;

/** A house with lines on sockets alone, on a free port. */
final class TcpHouse {
    private static final Port OVER_TLS = new Port(0, Optional.of(TestTls.encryption()));

    private TcpHouse() {}

    static House open() {
        return open(Port.plain(0), Language.ENGLISH);
    }

    static House inPortuguese() {
        return open(Port.plain(0), Language.PORTUGUESE);
    }

    static House overTls() {
        return open(OVER_TLS, Language.ENGLISH);
    }

    static House overTlsInPortuguese() {
        return open(OVER_TLS, Language.PORTUGUESE);
    }

    static House limited(Limits limits) {
        return OneWireHouse.open(limits, chat -> transport(chat, Port.plain(0), Language.ENGLISH));
    }

    static House limitedOverTls(Limits limits) {
        return OneWireHouse.open(limits, chat -> transport(chat, OVER_TLS, Language.ENGLISH));
    }

    private static House open(Port port, Language language) {
        return OneWireHouse.open(chat -> transport(chat, port, language));
    }

    private static TcpTransport transport(Chat chat, Port port, Language language) {
        return new TcpTransport(
                chat,
                List.of(InetAddress.getLoopbackAddress()),
                port,
                new Descriptors(() -> Long.MAX_VALUE),
                UserTimeout.NONE,
                language,
                ZoneOffset.UTC);
    }
}
