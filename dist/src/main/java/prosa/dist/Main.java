package prosa.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** {@code mvn -Pdist package} runs it. */
final class Main {
    private Main() {}

    /** @param args the version, the date that all files get (ISO 8601), and the project's folder */
    public static void main(String[] args) throws IOException, InterruptedException {
        String version = args[0];
        Project project = new Project(Path.of(args[2]).toRealPath());
        Machine machine = Machine.ofThisJvm();
        Tree tree = Tree.empty(
                project.target().resolve("prosa-" + version + "-linux-" + machine.name()), Instant.parse(args[1]));

        LeanJar.of(project.jar(), machine).write(tree);
        JavaRuntime runtime = JavaRuntime.link(tree.path("lib/prosa.jar"), tree.path("runtime"));
        tree.copy(project.root().resolve("prosa"), "prosa");
        tree.copy(project.root().resolve("README.md"), "README.md");
        tree.copyAll(project.root().resolve("docs"), "docs");
        Legal.gather(project.dependencies(), project.legal(), tree.path("legal"));
        Printed.write(runtime, tree.path("lib/prosa.jar"), tree);
        tree.settle();
        // Last: the archive holds the dates of the jar and of the runtime, and is refused when they are others.
        ClassArchive.dump(runtime, tree.path("lib/prosa.jar"), tree.path("lib/prosa.jsa"));
        tree.settle();

        Folder folder = Folder.empty(project.target().resolve("dist"));
        folder.addArchive(tree);
        DebianPackage.of(version, machine, project.debian()).write(tree, folder);
        folder.writeSums();
    }
}
