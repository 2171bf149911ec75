package prosa.adapter.tcp;

import java.util.Optional;
import prosa.test.wire.client.TestTls;

/** All that holds in the clear holds over TLS. */
class TlsTransportTest extends TcpTransportTest {
    TlsTransportTest() {
        super(Optional.of(TestTls::engine));
    }
}
