package prosa.doctor.check;

import java.io.IOException;
import java.net.Socket;
import java.time.ZoneOffset;
import prosa.lab.tls.Tls;

/** Whether the certificate is believed, for the name in the address, and which version is spoken. */
record TlsIsSound(Site site) implements Check {
    private static final int CONNECT_MILLIS = 5_000;

    @Override
    public String id() {
        return "tls";
    }

    @Override
    public boolean needsPassage() {
        return false;
    }

    @Override
    public Finding find() throws IOException {
        if (!site.isSecure()) {
            return notTried("plain");
        }
        try (Socket socket = new Socket()) {
            socket.connect(site.at(), CONNECT_MILLIS);
            site.endpoint(site.trust()).join(socket).drop();
        } catch (Tls.NotTrusted e) {
            return wrong("untrusted", e.why());
        }
        try (TlsSocket seen = TlsSocket.open(site, "http/1.1")) {
            return right(
                    "sound",
                    seen.version(),
                    seen.validUntil().atZone(ZoneOffset.UTC).toLocalDate());
        }
    }
}
