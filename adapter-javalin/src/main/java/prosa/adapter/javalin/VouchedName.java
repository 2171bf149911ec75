package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import prosa.application.port.UserHeader;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** The name that a trusted proxy says in a request's head. */
final class VouchedName {
    private VouchedName() {}

    /**
     * Who somebody is.
     *
     * @return empty if the proxy does not say
     * @throws Refused {@link Reason#NAME_INVALID} if it is no name, or if there are two: one of them is not the proxy's
     */
    static Optional<Name> in(HttpFields head, UserHeader header) {
        List<String> values = head.getValuesList(header.name());
        if (values.size() > 1) {
            throw new Refused(Reason.NAME_INVALID);
        }
        return values.stream()
                .map(VouchedName::decoded)
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(header::nameIn);
    }

    /** Jetty gives a character for each byte, and proxies send UTF-8. What is none may be ISO 8859-1, as HTTP once had it. */
    private static String decoded(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
