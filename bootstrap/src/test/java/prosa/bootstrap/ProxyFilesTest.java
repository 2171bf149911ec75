package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents show the files that {@link ProxiesTest} and {@link SharedProxiesTest} try. */
class ProxyFilesTest {
    @ParameterizedTest
    @CsvSource({
        "operations.md, nginx.conf, nginx",
        "operations.md, Caddyfile, caddy",
        "operations.md, haproxy.cfg, haproxy",
        "spreading.md, nginx-nodes.conf, nginx",
        "spreading.md, haproxy-nodes.cfg, haproxy"
    })
    void eachStandsInItsDocumentAsItIs(String document, String file, String fence) throws IOException {
        Path docs = Path.of("..", "docs");
        String shown = "\n```" + fence + "\n"
                + Files.readString(docs.resolve("proxies").resolve(file)) + "```\n";
        assertTrue(Files.readString(docs.resolve(document)).contains(shown), shown);
    }
}
