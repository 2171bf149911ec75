package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.HistoryUnusable.Reason;
import prosa.application.port.HouseClock;
import prosa.language.Language;

class StartFailedTest {
    private static final HouseClock CLOCK = HouseClock.over(InstantSource.system());

    private static void assertListening(String english, String portuguese, IOException e) {
        assertSaid(
                "--tcp-port 80: " + english,
                "--tcp-port 80: " + portuguese,
                StartFailed.ofListening("--tcp-port 80", e));
    }

    private static void assertSaid(String english, String portuguese, StartFailed failed) {
        assertEquals(english, failed.line(Language.ENGLISH));
        assertEquals(portuguese, failed.line(Language.PORTUGUESE));
        assertEquals(english, failed.getMessage(), "the log is in English");
    }

    @Test
    void aPortThatIsTakenIsSaidSo() {
        BindException taken = new BindException("Address already in use");
        assertListening("the port is taken", "a porta já está em uso", taken);
        assertListening("the port is taken", "a porta já está em uso", new IOException("Failed to bind", taken));
    }

    @Test
    void aPortThatNeedsRightsIsSaidSo() {
        String english = "this user may not listen on that port: take one from 1024 on, or give the JVM the right";
        String portuguese =
                "este usuário não pode escutar nessa porta: escolha uma a partir de 1024 ou dê esse direito à JVM";
        assertListening(english, portuguese, new SocketException("Permission denied"));
        assertListening(english, portuguese, new IOException("Failed to bind", new BindException("Permission denied")));
    }

    @Test
    void anythingElseIsSaidAsItIs() {
        assertListening("no IPv6 here", "no IPv6 here", new IOException("no IPv6 here"));
    }

    private static StartFailed refused(Path data) throws Bind.NotOurs {
        Options options = new Options(
                0, 0, Optional.empty(), 0, Bind.to("127.0.0.1"), data, Options.History.SQLITE, Language.ENGLISH, false);
        return assertThrows(StartFailed.class, () -> Prosa.start(options, CLOCK, ZoneOffset.UTC));
    }

    private static void assertRefused(String english, String portuguese, Path named, Path data) throws Bind.NotOurs {
        String start = "--data-dir: " + named + ": ";
        assertSaid(start + english, start + portuguese, refused(data));
    }

    @Test
    void aHistoryThatCanNotBeUsedIsSaidSo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "Dear diary");
        assertRefused("not a folder", "não é uma pasta", file, file);
        Path data = Files.createDirectory(folder.resolve("data"));
        try (RunningHouse _ = RunningHouse.onDisk(data)) {
            assertRefused("in use by another Prosa", "em uso por outro Prosa", data, data);
        }
        Path history = data.resolve("prosa.db");
        Files.write(history, new byte[0]);
        Files.writeString(data.resolve("prosa.db-wal"), "It was not empty.");
        assertRefused(
                "it is empty, and was not: put a backup in its place, or move it away",
                "está vazio, e não estava: ponha uma cópia de segurança no lugar, ou tire-o daí",
                history,
                data);
    }

    private static void assertUnusable(String english, String portuguese, Reason reason, Object... details) {
        String start = "--data-dir: data/prosa.db: ";
        HistoryUnusable unusable = new HistoryUnusable(Path.of("data/prosa.db"), reason, details);
        assertSaid(start + english, start + portuguese, StartFailed.ofHistory("--data-dir", unusable));
    }

    @Test
    void whatIsWrongWithAHistoryIsSaidWithItsFigures() {
        assertUnusable("can't be made", "não pode ser criado", Reason.NOT_MADE);
        assertUnusable("permission denied", "sem permissão", Reason.FORBIDDEN);
        assertUnusable("another program's database", "banco de dados de outro programa", Reason.FOREIGN);
        assertUnusable(
                "its end is cut off (bytes: 1 of 4,096): put a backup in its place",
                "falta o final (bytes: 1 de 4.096): ponha uma cópia de segurança no lugar",
                Reason.CUT_OFF,
                1,
                4_096L);
        assertUnusable(
                "written by a newer Prosa (version 2, this one knows 1): start that one, or go back to a backup",
                "gravado por um Prosa mais novo (versão 2; este conhece a 1): inicie aquele, ou volte a uma cópia de segurança",
                Reason.NEWER,
                2L,
                1);
        assertUnusable(
                "SQLite's library can't be unpacked to, and loaded from, any of these: a; b (full, read-only, noexec?)",
                "a biblioteca do SQLite não pode ser extraída e carregada em nenhum destes lugares: a; b"
                        + " (cheio, somente leitura, noexec?)",
                Reason.NO_LIBRARY,
                "a; b");
        assertUnusable("No space left on device", "No space left on device", Reason.SAID, "No space left on device");
    }

    private static void assertRefused(String english, String portuguese, Path folder, String certificate, String key)
            throws Bind.NotOurs {
        Options plain = new Options(
                0,
                0,
                Optional.empty(),
                0,
                Bind.to("127.0.0.1"),
                folder,
                Options.History.SQLITE,
                Language.ENGLISH,
                false);
        Options options = new Options(
                plain.httpPort(),
                plain.tcpPort(),
                Optional.of(new Tls(
                        new Tls.Certificate.Files(folder.resolve(certificate), folder.resolve(key)),
                        OptionalInt.of(0),
                        OptionalInt.of(0))),
                plain.tutorialPort(),
                0,
                plain.bind(),
                plain.dataDir(),
                plain.history(),
                plain.language(),
                false);
        assertSaid(
                english,
                portuguese,
                assertThrows(StartFailed.class, () -> Prosa.start(options, CLOCK, ZoneOffset.UTC)));
    }

    /** And the folder of the history is let go. */
    @Test
    void aCertificateThatCanNotBeUsedIsSaidSo(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("note"), "Dear diary");
        Path missing = folder.resolve("missing");
        Path note = folder.resolve("note");
        assertRefused(
                "--tls-cert: " + missing + ": there is no such file",
                "--tls-cert: " + missing + ": o arquivo não existe",
                folder,
                "missing",
                "note");
        assertRefused(
                "--tls-key: " + missing + ": there is no such file",
                "--tls-key: " + missing + ": o arquivo não existe",
                folder,
                "note",
                "missing");
        assertRefused(
                "--tls-key: " + note + ": there is no private key in it (PEM)",
                "--tls-key: " + note + ": não contém uma chave privada (PEM)",
                folder,
                "note",
                "note");
        RunningHouse.onDisk(folder).close();
    }
}
