package prosa.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * What a file in PEM holds.
 *
 * @param path whose content this is
 * @param objects certificates, keys, and what else is in it
 */
record Pem(Path path, List<Object> objects) {
    /** What TLS 1.2 and 1.3 can sign with. */
    private static final Set<String> KINDS = Set.of("EC", "RSA", "RSASSA-PSS", "EdDSA");

    private static final Set<String> CURVES = Set.of("secp256r1", "secp384r1", "secp521r1");

    static Pem of(Path path, byte[] content) {
        List<Object> objects = new ArrayList<>();
        // Latin, as it takes any bytes: PEM itself is ASCII, and what stands around it may be in any encoding.
        try (PEMParser parser = new PEMParser(new StringReader(new String(content, StandardCharsets.ISO_8859_1)))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                objects.add(next);
            }
        } catch (IOException | RuntimeException e) {
            // Cut off, or not what its header says: what comes before it is looked at, and is missed if it was this.
        }
        return new Pem(path, objects);
    }

    /** All that are in it, in their order. */
    List<X509Certificate> certificates() throws Unusable {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object object : objects) {
                if (object instanceof X509CertificateHolder holder) {
                    certificates.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                }
            }
        } catch (CertificateException | IOException e) {
            throw new Unusable(Unusable.Reason.NO_CERTIFICATE, path);
        }
        if (certificates.isEmpty()) {
            throw new Unusable(Unusable.Reason.NO_CERTIFICATE, path);
        }
        return certificates;
    }

    /** The first that is in it: PKCS #8, or OpenSSL's older forms (PKCS #1, SEC 1). */
    PrivateKey key() throws Unusable {
        for (Object object : objects) {
            switch (object) {
                case PEMKeyPair pair -> {
                    return key(pair.getPrivateKeyInfo());
                }
                case PrivateKeyInfo info -> {
                    return key(info);
                }
                case PEMEncryptedKeyPair locked -> throw new Unusable(Unusable.Reason.ENCRYPTED_KEY, path);
                case PKCS8EncryptedPrivateKeyInfo locked -> throw new Unusable(Unusable.Reason.ENCRYPTED_KEY, path);
                default -> {}
            }
        }
        throw new Unusable(Unusable.Reason.NO_KEY, path);
    }

    private PrivateKey key(PrivateKeyInfo info) throws Unusable {
        try {
            PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(info);
            if (KINDS.contains(key.getAlgorithm()) && (!(key instanceof ECPrivateKey ec) || isOnAKnownCurve(ec))) {
                return key;
            }
        } catch (IOException | GeneralSecurityException e) {
            // A curve that the JDK does not know, for example.
        }
        throw new Unusable(Unusable.Reason.UNKNOWN_KEY, path);
    }

    private static boolean isOnAKnownCurve(ECPrivateKey key) throws GeneralSecurityException {
        for (String name : CURVES) {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            ECParameterSpec known = parameters.getParameterSpec(ECParameterSpec.class);
            if (known.getCurve().equals(key.getParams().getCurve())) {
                return true;
            }
        }
        return false;
    }
}
