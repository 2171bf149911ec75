package prosa.adapter.tcp;

import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import prosa.test.wire.client.TestTls;

/** All that holds in the clear holds over TLS. */
class TlsTransportTest extends TcpTransportTest {
    @Override
    Optional<Supplier<SSLEngine>> tls() {
        return Optional.of(TestTls::engine);
    }
}
