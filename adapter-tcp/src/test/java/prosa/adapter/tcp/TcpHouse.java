package prosa.adapter.tcp;

import java.net.InetAddress;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import prosa.application.Descriptors;
import prosa.application.port.UserTimeout;
import prosa.language.Language;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.TestTls;

/** A house with lines on sockets alone, on a free port. */
final class TcpHouse {
    private TcpHouse() {}

    static House open() {
        return open(Optional.empty(), Language.ENGLISH);
    }

    static House inPortuguese() {
        return open(Optional.empty(), Language.PORTUGUESE);
    }

    static House overTls() {
        return open(Optional.of(TestTls::engine), Language.ENGLISH);
    }

    static House overTlsInPortuguese() {
        return open(Optional.of(TestTls::engine), Language.PORTUGUESE);
    }

    private static House open(Optional<Supplier<SSLEngine>> tls, Language language) {
        return OneWireHouse.open(chat -> new TcpTransport(
                chat,
                List.of(InetAddress.getLoopbackAddress()),
                0,
                tls,
                new Descriptors(() -> Long.MAX_VALUE),
                UserTimeout.NONE,
                language,
                ZoneOffset.UTC));
    }
}
