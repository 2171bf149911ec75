package prosa.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code openssl}, in a folder: it makes what others would make, and looks at what we have made. */
record Openssl(Path folder) {
    /** What it printed, errors among it. */
    record Said(int status, String text) {}

    /** @throws AssertionError if it fails */
    String run(String... args) throws Exception {
        Said said = tried("", args);
        if (said.status() != 0) {
            throw new AssertionError(said.text());
        }
        return said.text();
    }

    Said tried(String input, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("openssl does not end: " + command);
        }
        return new Said(process.exitValue(), text);
    }

    /** Makes {@code certificate} and {@code key} (PKCS #8) for localhost. */
    void make(String certificate, String key, String... algorithm) throws Exception {
        List<String> args = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=localhost"));
        args.addAll(
                List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", certificate, "-keyout", key));
        args.addAll(List.of(algorithm));
        run(args.toArray(String[]::new));
    }

    /** On P-256, which takes no time. */
    void make(String certificate, String key) throws Exception {
        make(certificate, key, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    String fingerprint(String certificate) throws Exception {
        String said = run("x509", "-noout", "-fingerprint", "-sha256", "-in", certificate);
        return said.substring(said.indexOf('=') + 1).strip();
    }
}
