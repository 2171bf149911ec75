package prosa.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.doctor.check.Finding;
import prosa.doctor.check.Finding.Verdict;
import prosa.language.Language;

class ReportsTest {
    private static final List<Finding> FINDINGS = List.of(
            new Finding("tls", Verdict.NOT_TRIED, "plain", List.of()),
            new Finding("origin", Verdict.RIGHT, "kept", List.of()),
            new Finding("feed", Verdict.WRONG, "held", List.of(2.5)),
            new Finding("host", Verdict.WRONG, "refused", List.of("chat.example", "https://chat.example")));

    @Test
    void peopleReadALineForEachAndOneForEachProxyBelowWhatIsWrong() {
        assertEquals("""
                -       tls     http:// não tem TLS
                certo   origin  o Origin chega ao Prosa como é
                errado  feed    o feed fica retido por 2,5 s
                    nginx    proxy_buffering off; ou tire X-Accel-Buffering de proxy_ignore_headers
                    Caddy    reverse_proxy com flush_interval -1, e nem encode nem buffer de respostas antes do feed
                    HAProxy  tire http-response wait-for-body
                errado  host    o Prosa recusa o nome chat.example: --allow-origin https://chat.example deixa entrar
                    nginx    nada no nginx: inicie o Prosa com esse --allow-origin
                    Caddy    nada no Caddy: inicie o Prosa com esse --allow-origin
                    HAProxy  nada no HAProxy: inicie o Prosa com esse --allow-origin
                """, TextReport.of(FINDINGS, Language.PORTUGUESE));
    }

    @Test
    void programsReadAnArrayInWhichWhatWasNotTriedIsNull() {
        String nothing = "\"change\":{\"nginx\":\"\",\"caddy\":\"\",\"haproxy\":\"\"}}";
        assertEquals(
                "[{\"check\":\"tls\",\"right\":null,\"says\":\"http:// has no TLS\"," + nothing
                        + ",{\"check\":\"origin\",\"right\":true,\"says\":\"Origin reaches Prosa as it is\"," + nothing
                        + "]",
                JsonReport.of(FINDINGS.subList(0, 2), Language.ENGLISH));
    }
}
