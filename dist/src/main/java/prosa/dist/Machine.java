package prosa.dist;

/**
 * An architecture, as each of those calls it who ask.
 *
 * @param name the JVM's name of it, and SQLite's
 * @param debian Debian's
 */
record Machine(String name, String debian) {
    /** @throws IllegalStateException where no archive can be made: it is for Linux with the GNU C library, on two architectures */
    static Machine ofThisJvm() {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            throw new IllegalStateException("an archive is made on Linux, and not on " + system);
        }
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "amd64" -> new Machine("x86_64", "amd64");
            case "aarch64" -> new Machine("aarch64", "arm64");
            default -> throw new IllegalStateException("no archive is made for " + architecture);
        };
    }
}
