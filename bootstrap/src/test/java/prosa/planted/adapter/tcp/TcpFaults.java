package prosa.planted.adapter.tcp;

import io.javalin.Javalin;
import jakarta.servlet.Servlet;
import java.lang.foreign.Linker;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eclipse.jetty.server.Server;
import picocli.CommandLine;
import prosa.planted.adapter.javalin.JavalinFaults;
import prosa.planted.application.port.Transport;
import prosa.planted.bootstrap.Wiring;
import prosa.planted.domain.Room;

/** Itself a fault: it is public, and neither a wire nor an engine. */
public final class TcpFaults {
    public record MakesACertificate(X509CertificateHolder certificate) {}

    /** May be seen; its setting may not. */
    public record Wire(Room room) implements Transport {
        public record Setting(int backlog) {}
    }

    public record KnowsAnotherAdapter(JavalinFaults other) {}

    public record KnowsBootstrap(Wiring wiring) {}

    public record BorrowsTheHttpServer(Javalin server) {}

    public record BorrowsJetty(Server server) {}

    public record BorrowsAServlet(Servlet servlet) {}

    public record BorrowsKotlin(kotlin.Unit unit) {}

    public record CallsTheKernel(Linker linker) {}

    public record ReadsTheCommandLine(CommandLine line) {}

    public static final class GoesOnAfterErrors {
        void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Whatever it was.
            }
        }
    }

    public static final class Sleeps {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }
}
