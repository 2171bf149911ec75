package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document shows the files that {@link ProxiesTest} tries. */
class ProxyFilesTest {
    @ParameterizedTest
    @CsvSource({"nginx.conf, nginx", "Caddyfile, caddy", "haproxy.cfg, haproxy"})
    void eachStandsInTheDocumentAsItIs(String file, String fence) throws IOException {
        Path docs = Path.of("..", "docs");
        String shown = "\n```" + fence + "\n"
                + Files.readString(docs.resolve("proxies").resolve(file)) + "```\n";
        assertTrue(Files.readString(docs.resolve("operations.md")).contains(shown), shown);
    }
}
