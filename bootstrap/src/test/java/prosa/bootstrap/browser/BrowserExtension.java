package prosa.bootstrap.browser;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import prosa.lab.WorkFolder;
import prosa.lab.browser.Browser;
import prosa.lab.browser.Programs;

/** Starts one browser for all tests, when the first of them asks for it, and closes it after the last. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver {
    private static final String REQUIRE = "PROSA_REQUIRE_BROWSER";
    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
    private static final String MISSING = "no Chromium was found; " + Programs.VARIABLE + " may name one";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Path> program = Programs.ofThisMachine().browser();
        if (program.isPresent() || Boolean.parseBoolean(System.getenv(REQUIRE))) {
            return ConditionEvaluationResult.enabled(program.map(Path::toString).orElse(REQUIRE));
        }
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(MISSING, BrowserExtension::sayOnTheConsole, String.class);
        return ConditionEvaluationResult.disabled(MISSING);
    }

    /** Past System.err, which the build sends to files: whoever runs it should see that, and why, something was left out. */
    private static String sayOnTheConsole(String line) {
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        console.println("The browser tests are skipped: " + line);
        return line;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store of the whole run closes what it holds at its end.
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Browser.class, key -> start(), Browser.class);
    }

    private static Browser start() {
        return Browser.start(
                Programs.ofThisMachine()
                        .browser()
                        .orElseThrow(() ->
                                new AssertionError(MISSING + ", and " + REQUIRE + " says that there must be one")),
                WorkFolder.usual());
    }
}
