package prosa.certificate;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this server is, as far as TLS goes: a key and the certificates that vouch for it, renewed while the server runs. Whoever makes
 * handshakes from {@link #context()} takes up a renewed certificate with the next one.
 *
 * <p>Any thread.
 */
public final class Identity implements AutoCloseable {
    /** What {@link #self} keeps in its folder: the certificate, and behind it the key. */
    public static final String SELF_FILE = "tls-self.pem";

    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    /** The most secure version first; what is older has no forward secrecy, or faults. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** With AEAD and forward secrecy alone, and what costs least first: AES has instructions of its own in nearly all processors. */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    /** On curves alone: without them the JDK would offer the slow finite fields too. */
    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

    static {
        // A client that renegotiates, which TLS 1.3 does not know and no browser does, makes the server work at no
        // cost.
        // Read once, by the first handshake of the process.
        System.getProperties().putIfAbsent("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final Source source;
    private final CurrentKey key;
    private final SSLContext context;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("prosa-certificate").factory());

    Identity(Source source) throws Unusable {
        this.source = source;
        Pair first = source.first();
        LOG.info("Certificate, valid until {}: SHA-256 {}", first.until(), first.fingerprint());
        this.key = new CurrentKey(first);
        this.context = context(key);
        long pause = source.pause().toMillis();
        watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * One of files that somebody else makes and renews.
     *
     * @param certificate in PEM: the server's own first, then those that vouch for it
     * @param key in PEM, without a passphrase; may be the same file
     * @throws Unusable and nothing is left open
     */
    public static Identity ofFiles(Path certificate, Path key) throws Unusable {
        return new Identity(new PemFiles(certificate, key));
    }

    /**
     * One that is made here and that nobody vouches for.
     *
     * @param folder in which it is kept, made if need be
     * @param names and addresses under which the server is reached; the first is shown as its name
     * @throws Unusable and nothing is left open
     */
    public static Identity self(Path folder, Collection<String> names, InstantSource clock) throws Unusable {
        return new Identity(new SelfMade(folder, new AltNames(names), clock));
    }

    private static SSLContext context(CurrentKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Nobody is trusted: clients show no certificates.
            context.init(new KeyManager[] {key}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    /** Takes up what was renewed. By the watch, and by tests. */
    void look() {
        try {
            source.renewed().ifPresent(pair -> {
                key.replace(pair);
                LOG.info("New certificate, valid until {}: SHA-256 {}", pair.until(), pair.fingerprint());
            });
        } catch (RuntimeException e) {
            LOG.warn("The certificate stays as it was", e); // thrown on, it would end the watch
        }
    }

    /** For all handshakes of the process: one for its whole life, as it holds the sessions. What was begun under another certificate, the JDK
     * does not resume: that client makes a whole handshake. */
    public SSLContext context() {
        return context;
    }

    /** SHA-256 of the certificate that is current, like {@code AB:CD:...}, as browsers show it. */
    public String fingerprint() {
        return key.fingerprint();
    }

    /** What to allow: TLS 1.3 and 1.2, forward secrecy, and the order of suites that is ours. A copy of its own for each caller. */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS.clone());
        return parameters;
    }

    /** Looks for nothing new any more. The context stays as it is. */
    @Override
    public void close() {
        watch.shutdownNow();
    }
}
