package prosa.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the key's own certificate first
 */
record Pair(PrivateKey key, List<X509Certificate> chain) {
    private static final int SALT_LENGTH = 32;

    /** @throws IllegalArgumentException without a certificate */
    Pair {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    Instant from() {
        return leaf().getNotBefore().toInstant();
    }

    Instant until() {
        return leaf().getNotAfter().toInstant();
    }

    /** SHA-256 of the leaf, as browsers show it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256, and a certificate that was read has a form", e);
        }
    }

    /** Whether the key is the certificate's: what one signs, the other must confirm. */
    boolean fits() {
        byte[] sample = {1, 2, 3};
        try {
            PublicKey published = leaf().getPublicKey();
            Signature signing = signature();
            signing.initSign(key);
            signing.update(sample);
            byte[] signed = signing.sign();
            Signature checking = signature();
            checking.initVerify(published);
            checking.update(sample);
            return checking.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private Signature signature() throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "RSASSA-PSS" -> {
                Signature signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_LENGTH, 1));
                yield signature;
            }
            default -> Signature.getInstance(key.getAlgorithm());
        };
    }
}
