package prosa.dist;

import java.nio.file.Path;

/** Where this project keeps what goes into an archive. */
record Project(Path root) {
    Path jar() {
        return root.resolve("bootstrap/target/prosa.jar");
    }

    Path target() {
        return root.resolve("dist/target");
    }

    /** A line for each library that is in the jar, by maven-dependency-plugin. */
    Path dependencies() {
        return target().resolve("dependencies.txt");
    }

    /** Texts of licences, for libraries that bring none. */
    Path legal() {
        return root.resolve("dist/src/main/legal");
    }

    Path debian() {
        return root.resolve("dist/src/main/debian");
    }
}
