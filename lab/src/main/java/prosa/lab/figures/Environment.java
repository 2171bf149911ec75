package prosa.lab.figures;

import java.time.Instant;

/**
 * Where a comparison was measured. What the system does not tell is {@code "unknown"}.
 *
 * @param at when it began
 * @param prosa Prosa's version, that of the laboratory
 * @param java version and name of the JVM that measured, as in {@code "25.0.3 OpenJDK 64-Bit Server VM"}
 * @param system operating system and kernel, as in {@code "Linux 6.12.48 amd64"}
 * @param cpu the processor's model
 * @param cores how many processors the JVM may use
 * @param memoryBytes the machine's memory; 0 if it is not known
 * @param tcpInfo whether the kernel told what its sockets sent (TCP_INFO)
 * @param networkNamespace whether packets could really be lost, in a network namespace
 * @param server the address of the server's HTTP, as in {@code "http://127.0.0.1:8080"}
 * @param ownServer whether the laboratory started it, in a process of its own; else it was running already
 */
public record Environment(
        Instant at,
        String prosa,
        String java,
        String system,
        String cpu,
        int cores,
        long memoryBytes,
        boolean tcpInfo,
        boolean networkNamespace,
        String server,
        boolean ownServer) {
    public Environment {
        Check.notBlank(prosa, "prosa");
        Check.notBlank(java, "java");
        Check.notBlank(system, "system");
        Check.notBlank(cpu, "cpu");
        Check.notBlank(server, "server");
        Check.atLeast(1, cores, "cores");
        Check.atLeast(0, memoryBytes, "memoryBytes");
    }

    /** Whether the server was spoken to over TLS. */
    public boolean secured() {
        return server.startsWith("https:");
    }

    /** The same, with whether packets were really lost. */
    public Environment with(boolean reallyLost) {
        return new Environment(
                at, prosa, java, system, cpu, cores, memoryBytes, tcpInfo, reallyLost, server, ownServer);
    }
}
