package prosa.lab.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import prosa.lab.WorkFolder;

/** A certificate for a relay of the laboratory's own, by the names of this machine. The JDK's keytool makes it, which is in every Java. */
public final class SelfSigned {
    private static final String PASSWORD = "changeit";

    private final SSLContext context;
    private final Trust trust;
    private final Path pem;

    /** @param folder where its files go, and stay */
    public SelfSigned(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("own.p12");
        pem = folder.resolve("own.pem");
        String names = "san=dns:localhost,ip:127.0.0.1,ip:::1";
        keytool(store, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=lab", "-ext", names);
        keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
        context = context(store);
        trust = Trust.in(pem);
    }

    /** One whose files are gone as soon as it is made. */
    public static SelfSigned passing(WorkFolder work) throws IOException, InterruptedException {
        Path folder = work.make("prosa-lab-");
        try {
            return new SelfSigned(folder);
        } finally {
            Files.deleteIfExists(folder.resolve("own.p12"));
            Files.deleteIfExists(folder.resolve("own.pem"));
            Files.deleteIfExists(folder);
        }
    }

    private static SSLContext context(Path store) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM reads what its keytool has made", e);
        }
    }

    private static void keytool(Path store, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(args));
        command.addAll(List.of("-alias", "own", "-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said.strip());
        }
    }

    /** For where TLS ends. */
    public TlsServer server() {
        return new TlsServer(context);
    }

    /** The certificate alone, in PEM. */
    public Path pem() {
        return pem;
    }

    /** For a client that trusts it. */
    public Tls tls(String host) {
        return new Tls(trust, host);
    }
}
