package prosa.certificate;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** A file that nobody else may read, and that is whole or not there. */
final class PrivateFile {
    private PrivateFile() {}

    /** @param folder made if need be */
    static void write(Path folder, Path file, Pair pair) throws IOException {
        Files.createDirectories(folder);
        // Mode 0600 from the first moment, which is what createTempFile promises.
        Path draft = Files.createTempFile(folder, "tls-", ".new");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(pem(pair).getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String pem(Pair pair) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            // The certificate first: some programs that are to trust it look no further.
            writer.writeObject(pair.leaf());
            writer.writeObject(new JcaPKCS8Generator(pair.key(), null));
        }
        return text.toString();
    }
}
