package prosa.certificate;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands out to each handshake the pair that is current. An alias is a pair's fingerprint: a handshake asks for alias, chain and key one
 * after the other, so the pair before is kept, for whoever is between them.
 */
final class CurrentKey extends X509ExtendedKeyManager {
    private record Named(String alias, Pair pair) {
        static Named of(Pair pair) {
            return new Named(pair.fingerprint(), pair);
        }
    }

    private record Pairs(Named current, Optional<Named> before) {}

    private volatile Pairs pairs;

    CurrentKey(Pair first) {
        pairs = new Pairs(Named.of(first), Optional.empty());
    }

    String fingerprint() {
        return pairs.current().alias();
    }

    /** Called by one thread. */
    void replace(Pair next) {
        pairs = new Pairs(Named.of(next), Optional.of(pairs.current()));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Named current = pairs.current();
        return current.pair().key().getAlgorithm().equals(keyType) ? current.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return named(alias)
                .map(pair -> pair.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return named(alias).map(Pair::key).orElse(null);
    }

    private Optional<Pair> named(String alias) {
        Pairs now = pairs;
        return Stream.concat(Stream.of(now.current()), now.before().stream())
                .filter(pair -> pair.alias().equals(alias))
                .map(Named::pair)
                .findFirst();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // a server
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
