package prosa.adapter.tcp;

import java.util.Optional;
import prosa.application.port.Encryption;
import prosa.test.wire.client.TestTls;

/** All that holds in the clear holds over TLS. */
class TlsTransportTest extends TcpTransportTest {
    @Override
    Optional<Encryption> encryption() {
        return Optional.of(TestTls.encryption());
    }
}
