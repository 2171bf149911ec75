package prosa.certificate;

import java.net.InetAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The names and addresses for which a certificate is made: what a browser compares with the address that it went to. */
final class AltNames {
    /** What a common name may hold (RFC 5280). Nobody compares it: it is what people see in a list. */
    private static final int LONGEST_COMMON_NAME = 64;

    private final String first;
    private final List<GeneralName> names;

    /** @throws IllegalArgumentException if there is none */
    AltNames(Collection<String> given) {
        Set<String> different = new LinkedHashSet<>();
        given.forEach(name -> different.add(name.toLowerCase(Locale.ROOT)));
        if (different.isEmpty()) {
            throw new IllegalArgumentException("a certificate is for some name");
        }
        first = different.iterator().next();
        names = different.stream().map(AltNames::general).distinct().toList();
    }

    private static GeneralName general(String name) {
        try {
            // Without the zone of a link-local address: that is each machine's own.
            byte[] address = InetAddress.ofLiteral(name.replaceFirst("%.*", "")).getAddress();
            return new GeneralName(GeneralName.iPAddress, new DEROctetString(address));
        } catch (IllegalArgumentException e) {
            return new GeneralName(GeneralName.dNSName, name);
        }
    }

    X500Name subject() {
        String name = first.length() <= LONGEST_COMMON_NAME ? first : first.substring(0, LONGEST_COMMON_NAME);
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    GeneralNames general() {
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    boolean areThoseOf(X509Certificate certificate) {
        try {
            GeneralNames found = GeneralNames.fromExtensions(
                    new JcaX509CertificateHolder(certificate).getExtensions(), Extension.subjectAlternativeName);
            return found != null && Set.of(found.getNames()).equals(Set.copyOf(names));
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            return false;
        }
    }
}
