package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.UserHeader;
import prosa.domain.Name;
import prosa.domain.Refused;

class VouchedNameTest {
    private static final UserHeader HEADER = new UserHeader("X-User", Optional.empty());

    private static Optional<Name> name(UserHeader header, String... values) {
        HttpFields.Mutable head = HttpFields.build();
        for (String value : values) {
            head.add("x-user", new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        return VouchedName.in(head, header);
    }

    @ParameterizedTest
    @CsvSource({
        "@*, ana@school.example, ana",
        "@*, ana@b@c, ana",
        "@*, ana, ana",
        "*\\, SCHOOL\\ana, ana",
        "*/, a/b/ana, ana",
        "*/, ana, ana",
        "'.school*', ana.school.example, ana"
    })
    void whatIsNoPartOfTheNameIsCutOff(String pattern, String value, String name) {
        UserHeader header = new UserHeader("X-User", UserHeader.Strip.parse(pattern));
        assertEquals(Optional.of(new Name(name)), name(header, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "@", "**", "a*b", "*@*", "@**"})
    void aPatternIsATextAndOneStar(String pattern) {
        assertEquals(Optional.empty(), UserHeader.Strip.parse(pattern));
    }

    @Test
    void aNameMayHaveAnyLetters() {
        assertEquals(Optional.of(new Name("José")), name(HEADER, "José"));
        HttpFields.Mutable latin = HttpFields.build().add("X-User", "José");
        assertEquals(Optional.of(new Name("José")), VouchedName.in(latin, HEADER));
    }

    @Test
    void anEmptyOneIsNone() {
        assertEquals(Optional.empty(), name(HEADER));
        assertEquals(Optional.empty(), name(HEADER, " "));
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThrows(Refused.class, () -> name(HEADER, "admin"));
        assertThrows(Refused.class, () -> name(HEADER, "a:b"));
        assertThrows(Refused.class, () -> name(HEADER, "Ana", "Bia"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X User", "X:User", "Usuário"})
    void aHeadersNameIsAToken(String name) {
        assertThrows(IllegalArgumentException.class, () -> new UserHeader(name, Optional.empty()));
    }
}
