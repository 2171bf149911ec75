package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.domain.Fault;
import prosa.domain.Refused;
import prosa.domain.RoomName;

class SecretTest {
    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource(Secret.Kind.class)
    void aSecretThatIsMadeSaysWhatItOpensAndCantBeGuessed(Secret.Kind kind) {
        String secret = Secret.made(kind, random).reveal();
        assertTrue(secret.matches("prosa_" + kind.name().toLowerCase() + "_[A-Za-z0-9_-]{22}"), secret);
        assertNotEquals(secret, Secret.made(kind, random).reveal());
    }

    @Test
    void onlyTheSameSecretHasItsHash() {
        Secret secret = Secret.made(Secret.Kind.CLAIM, random);
        assertTrue(secret.hash().isOf(Secret.shown("claim", secret.reveal())));
        assertFalse(secret.hash().isOf(Secret.shown("claim", secret.reveal() + "x")));
        assertEquals(
                new Secret.Hash("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                Secret.shown("key", "abc").hash(),
                "SHA-256, by FIPS 180-4's example");
    }

    @Test
    void nothingPrintsIt() {
        Secret secret = Secret.shown("key", "open sesame");
        Credentials shown = new Credentials(Map.of(RoomName.MAIN, secret), Optional.of(secret), Optional.of(secret));
        assertFalse(shown.toString().contains("sesame"), shown.toString());
        assertFalse(secret.hash().toString().contains("sesame"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "chave é"})
    void whatCantBeOneIsRefused(String shown) {
        Refused refused = assertThrows(Refused.class, () -> Secret.shown("claim", shown));
        assertEquals(Optional.of(new Fault.NotKey("claim")), refused.fault());
    }
}
