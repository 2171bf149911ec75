package prosa.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.invoke.MethodHandle;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house's layering.
 *
 * @param root the package under which the layers lie: the house's own, or that of the violations planted to try the rules
 */
record Architecture(String root) {
    private static final String[] ANNOTATIONS = {"org.jspecify.annotations"};
    private static final String[] LOG = {"org.slf4j"};

    /** The JDK, for those who may have threads and sockets. JDBC, too, but that is kept at home by {@link #livesOnlyIn}. */
    /** And its TLS. */
    private static final String[] JDK = {"java..", "javax.net.ssl"};

    private static final String[] PLAIN_JDK = {
        "java.lang", "java.lang.annotation", "java.text", "java.time..",
        "java.util", "java.util.function", "java.util.regex", "java.util.stream"
    };

    /** What of the plain JDK is a thread, a clock, a console, or a process. */
    private static final Class<?>[] NOT_PLAIN = {
        Thread.class,
        ThreadGroup.class,
        ThreadLocal.class,
        ScopedValue.class,
        Timer.class,
        TimerTask.class,
        Clock.class,
        InstantSource.class,
        Date.class,
        Calendar.class,
        System.class,
        Runtime.class,
        Process.class,
        ProcessBuilder.class,
        ProcessHandle.class,
        Scanner.class
    };

    ArchRule theDomainKnowsNothingButThePlainJdk() {
        DescribedPredicate<JavaClass> plain =
                resideInAnyPackage(PLAIN_JDK).and(not(belongToAnyOf(NOT_PLAIN))).as("belong to the JDK's plain parts");
        return classes()
                .that(resideInAPackage(in("domain")))
                .should()
                .onlyDependOnClassesThat(
                        plain.or(resideInAPackage(in("domain"))).or(resideInAnyPackage(ANNOTATIONS)));
    }

    /** Not even the domain: it is handed bytes, and does not know what they mean. */
    ArchRule deliveryKnowsBytesAndSockets() {
        return knowsOnly("delivery", JDK, LOG);
    }

    ArchRule theApplicationKnowsTheDomainAndDelivery() {
        return knowsOnly("application", JDK, LOG, layers("domain", "delivery"));
    }

    /** Whoever writes an adapter reads one page: what the ports are must not hang on how the chat does it. */
    ArchRule thePortsDoNotKnowTheUseCases() {
        return noClasses()
                .that(resideInAPackage(in("application.port")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".application"));
    }

    /** Engines, dialects and what writes for others need no chat. */
    ArchRule enginesAndDialectsKnowThePortsAlone() {
        return noClasses()
                .that(resideInAnyPackage(
                        layers("dialect", "adapter.memory", "adapter.sqlite", "adapter.nats", "adapter.uring")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".application"));
    }

    ArchRule languagesKnowNotWhatIsSaid() {
        return knowsOnly("language", JDK);
    }

    /** It hands out what the JDK knows: a context for handshakes. */
    ArchRule theCertificateKnowsNothingOfWiresOrChat() {
        return knowsOnly("certificate", JDK, LOG, new String[] {"org.bouncycastle.."});
    }

    ArchRule theDialectKnowsTheApplicationAndJson() {
        return knowsOnly("dialect", JDK, layers("domain", "delivery", "application", "language"), new String[] {
            "tools.jackson.core.."
        });
    }

    ArchRule memoryKnowsTheApplication() {
        return knowsOnly("adapter.memory", JDK, LOG, layers("domain", "delivery", "application"));
    }

    ArchRule sqliteKnowsTheApplicationAndItsDriver() {
        return knowsOnly(
                "adapter.sqlite", JDK, LOG, layers("domain", "delivery", "application"), new String[] {"org.sqlite.."});
    }

    ArchRule natsKnowsTheApplicationAndItsClient() {
        return knowsOnly(
                "adapter.nats", JDK, LOG, layers("domain", "delivery", "application"), new String[] {"io.nats.client.."
                });
    }

    ArchRule tcpKnowsTheApplicationAndTheDialect() {
        // jdk.net: options of sockets that java.net does not name. javax.net.ssl: the JDK's own TLS.
        return knowsOnly(
                "adapter.tcp",
                JDK,
                LOG,
                layers("domain", "delivery", "application", "language", "dialect"),
                new String[] {"jdk.net", "javax.net.ssl"});
    }

    ArchRule javalinKnowsTheApplicationTheDialectAndItsServer() {
        return knowsOnly(
                "adapter.javalin",
                JDK,
                LOG,
                layers("domain", "delivery", "application", "language", "dialect"),
                new String[] {"io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "kotlin.."});
    }

    /** Not even a server: it is handed one. */
    ArchRule theTutorialsKnowTheApplication() {
        return knowsOnly("adapter.tutorial", JDK, LOG, layers("delivery", "application"));
    }

    ArchRule uringKnowsTheApplication() {
        return knowsOnly("adapter.uring", JDK, LOG, layers("delivery", "application"));
    }

    ArchRule bootstrapKnowsTheHouseAndItsCommandLine() {
        return knowsOnly(
                "bootstrap",
                JDK,
                LOG,
                layers(
                        "domain",
                        "delivery",
                        "application",
                        "language",
                        "certificate",
                        "dialect",
                        "adapter",
                        "lab",
                        "doctor"),
                new String[] {"picocli.."});
    }

    /** It is a client like any other: what it knows of Prosa is what others can see from outside. */
    ArchRule theLabKnowsNothingOfTheHouse() {
        return knowsOnly("lab", JDK, LOG, layers("language"), new String[] {
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.HdrHistogram..",
            "picocli..",
            "io.javalin..",
            "org.eclipse.jetty..",
            "jakarta..",
            "kotlin.."
        });
    }

    /** {@code compare} measures without any server of its own process. */
    ArchRule theLabDoesNotKnowItsPage() {
        return noClasses()
                .that(resideInAPackage(in("lab")).and(not(resideInAPackage(in("lab.page")))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("lab.page")));
    }

    /** The doctor and the checker speak by the laboratory's clients. */
    ArchRule nobodyButBootstrapTheDoctorAndTheCheckerKnowTheLab() {
        return noClasses()
                .that(not(resideInAnyPackage(layers("lab", "doctor", "checker", "bootstrap"))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("lab")));
    }

    /** As the laboratory it looks from outside; and how something is found does not hang on how it is told. */
    ArchRule theDoctorKnowsNothingOfTheHouse() {
        return knowsOnly("doctor", JDK, layers("language", "lab.client", "lab.tls", "lab.compare"), new String[] {
            "tools.jackson.core..", "picocli.."
        });
    }

    ArchRule checksDoNotKnowInWhichWordsTheyAreTold() {
        return noClasses()
                .that(resideInAPackage(in("doctor.check")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".doctor", in("language"), "picocli.."));
    }

    ArchRule nobodyButBootstrapKnowsTheDoctor() {
        return noClasses()
                .that(not(resideInAnyPackage(in("doctor"), in("bootstrap"))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("doctor")));
    }

    /** As the laboratory it looks from outside, and through its relay. */
    ArchRule theCheckerKnowsNothingOfTheHouse() {
        return knowsOnly("checker", JDK, layers("lab.client", "lab.relay", "lab.tls"), new String[] {
            "tools.jackson..", "picocli.."
        });
    }

    /** What was found does not hang on how it was looked for, nor on when it is asked. */
    ArchRule theJudgementKnowsNothingButThePlainJdk() {
        DescribedPredicate<JavaClass> plain =
                resideInAnyPackage(PLAIN_JDK).and(not(belongToAnyOf(NOT_PLAIN))).as("belong to the JDK's plain parts");
        return classes()
                .that(resideInAPackage(in("checker.judgement")))
                .should()
                .onlyDependOnClassesThat(
                        plain.or(resideInAPackage(in("checker.judgement"))).or(resideInAnyPackage(ANNOTATIONS)));
    }

    /** It is in no jar that is run: not even bootstrap has it, but for its tests. */
    ArchRule nobodyKnowsTheChecker() {
        return noClasses()
                .that(not(resideInAPackage(in("checker"))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("checker")));
    }

    /** It is in no jar that is run. */
    ArchRule nobodyKnowsTheTestSupport() {
        return noClasses()
                .that(not(resideInAPackage(in("test"))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("test")));
    }

    private ArchRule knowsOnly(String layer, String[]... known) {
        String[] all = Stream.of(Stream.of(known).flatMap(Stream::of), Stream.of(ANNOTATIONS), Stream.of(in(layer)))
                .flatMap(packages -> packages)
                .toArray(String[]::new);
        return classes().that(resideInAPackage(in(layer))).should().onlyDependOnClassesThat(resideInAnyPackage(all));
    }

    ArchRule adaptersDoNotKnowEachOther() {
        return slices().matching(root + ".adapter.(*)..").should().notDependOnEachOther();
    }

    ArchRule nobodyKnowsBootstrap() {
        return noClasses()
                .that(not(resideInAPackage(in("bootstrap"))))
                .should()
                .dependOnClassesThat(resideInAPackage(in("bootstrap")));
    }

    /** The laboratory, the doctor and the checker read it as any client does. */
    ArchRule jsonLivesInTheDialect() {
        return livesOnlyIn(
                List.of("dialect", "lab", "doctor", "checker.run"), "tools.jackson..", "com.fasterxml.jackson..");
    }

    /** The lab's page has routes of its own, and nothing to do with the wires'. */
    ArchRule theHttpServerLivesInItsAdapter() {
        return livesOnlyIn(
                List.of("adapter.javalin", "lab.page"), "io.javalin..", "org.eclipse.jetty..", "kotlin..", "jakarta..");
    }

    ArchRule theDatabaseLivesInItsAdapter() {
        return livesOnlyIn(List.of("adapter.sqlite"), "org.sqlite..", "java.sql..", "javax.sql..");
    }

    ArchRule natsLivesInItsAdapter() {
        return livesOnlyIn(List.of("adapter.nats"), "io.nats..");
    }

    /** What the JDK does not check: a wrong number there ends the whole process. The laboratory asks the kernel what it counted. */
    ArchRule theKernelIsCalledInItsAdapter() {
        return livesOnlyIn(List.of("adapter.uring", "lab.client"), "java.lang.foreign..");
    }

    /** What makes certificates; the wires speak TLS by the JDK. */
    ArchRule bouncyCastleLivesInTheCertificate() {
        return livesOnlyIn(List.of("certificate"), "org.bouncycastle..");
    }

    /** The laboratory, the doctor and the checker have commands of their own. */
    ArchRule theCommandLineLivesInBootstrap() {
        return livesOnlyIn(List.of("bootstrap", "lab", "doctor", "checker"), "picocli..");
    }

    private ArchRule livesOnlyIn(List<String> homes, String... library) {
        return noClasses()
                .that(not(resideInAnyPackage(layers(homes.toArray(String[]::new)))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library));
    }

    /** It is found at run time, behind slf4j's own API. */
    ArchRule nobodyKnowsWhoWritesTheLog() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.slf4j.simple.."));
    }

    ArchRule packagesFormNoCycle() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(new ArchCondition<>("reside in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, type.getName() + ": its package has no package-info with @NullMarked"));
                    }
                });
    }

    /** What {@link Prosa} makes and ties together is a wire, a socket on one, an engine, a copy, a writer, or a timeout. All else in an adapter is its own business. */
    ArchRule adaptersShowNothingButTheirPorts() {
        return classes()
                .that(resideInAPackage(in("adapter"))
                        .and(describe("can be seen from outside", Architecture::isVisible)))
                .should()
                .beAssignableTo(root + ".application.port.Transport")
                .orShould()
                .beAssignableTo(root + ".application.port.TextSocket")
                .orShould()
                .beAssignableTo(root + ".application.port.MessageEngine")
                .orShould()
                .beAssignableTo(root + ".application.port.HistoryCopy")
                .orShould()
                .beAssignableTo(root + ".application.port.Departure")
                .orShould()
                .beAssignableTo(root + ".application.port.Arrival")
                .orShould()
                .beAssignableTo(root + ".delivery.BatchWriter")
                .orShould()
                .beAssignableTo(root + ".application.port.UserTimeout");
    }

    /** A public type in a hidden one is hidden too. */
    private static boolean isVisible(JavaClass type) {
        boolean shown = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return shown && type.getEnclosingClass().map(Architecture::isVisible).orElse(true);
    }

    /** Everybody else is told the time by an {@link InstantSource}, so that tests can set it. */
    ArchRule onlyBootstrapReadsTheWallClock() {
        return noClasses()
                .that(not(resideInAPackage(in("bootstrap"))))
                .should()
                .accessTargetWhere(access("reads the wall clock", Architecture::readsTheWallClock));
    }

    private static boolean readsTheWallClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return is(access, System.class, "currentTimeMillis")
                || owner.isAssignableTo(TemporalAccessor.class) && name.equals("now")
                || owner.isAssignableTo(InstantSource.class) && name.startsWith("system")
                || owner.isAssignableTo(Clock.class) && name.startsWith("tick")
                || is(access, Date.class, "<init>")
                || is(access, Calendar.class, "getInstance");
    }

    /** How long something took matters only where there are threads and sockets, and to those who look from outside. */
    ArchRule onlyThoseWithThreadsAndTheLabMeasureTime() {
        return noClasses()
                .that(not(resideInAnyPackage(
                        layers("delivery", "application", "adapter", "lab", "doctor", "checker.run"))))
                .should()
                .accessTargetWhere(access("measures time", access -> is(access, System.class, "nanoTime")));
    }

    ArchRule nobodySleeps() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .accessTargetWhere(access(
                        "sleeps", access -> is(access, Thread.class, "sleep") || is(access, TimeUnit.class, "sleep")));
    }

    /** If memory ran out, nobody may catch that and go on: see {@link prosa.delivery.Collapse}. */
    ArchRule whoCatchesErrorsAsksWhetherMemoryRanOut() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(new ArchCondition<>("ask whether memory ran out where they catch errors") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaCodeUnit code : type.getCodeUnits()) {
                            boolean asks = !catchesErrors(code)
                                    || code.getAccessesFromSelf().stream()
                                            .anyMatch(access -> asksWhetherMemoryRanOut(access) || throwsItOn(access));
                            events.add(new SimpleConditionEvent(
                                    code, asks, code.getFullName() + " catches errors and does not ask"));
                        }
                    }
                });
    }

    private static boolean catchesErrors(JavaCodeUnit code) {
        return code.getTryCatchBlocks().stream()
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(caught -> caught.isEquivalentTo(Throwable.class) || caught.isEquivalentTo(Error.class));
    }

    private boolean asksWhetherMemoryRanOut(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals(root + ".delivery.Collapse")
                || access.getTarget().getName().equals("uncaughtException");
    }

    /** What the compiler makes of a try with resources and of a record's pattern; and what a method handle throws, which is wrapped. */
    private static boolean throwsItOn(JavaAccess<?> access) {
        return is(access, Throwable.class, "addSuppressed")
                || is(access, MatchException.class, "<init>")
                || access.getTargetOwner().isEquivalentTo(MethodHandle.class);
    }

    /** What the delivery thread owns says who may touch it, and asserts that nobody else does. */
    ArchRule whatTheDeliveryThreadOwnsIsAsserted() {
        String annotation = root + ".delivery.OwnedByTurn";
        return classes().that().areAnnotatedWith(annotation).should(new ArchCondition<>("assert who has the turn") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    boolean asserted = !isOpenToOthers(method)
                            || method.isAnnotatedWith(annotation + "$AnyThread")
                            || readsWhatNeverChanges(method)
                            || method.getMethodCallsFromSelf().stream().anyMatch(Architecture.this::asksForTheTurn);
                    events.add(new SimpleConditionEvent(
                            method, asserted, method.getFullName() + " does not assert who has the turn"));
                }
            }
        });
    }

    private static boolean isOpenToOthers(JavaMethod method) {
        return Stream.of(JavaModifier.PRIVATE, JavaModifier.STATIC, JavaModifier.ABSTRACT, JavaModifier.SYNTHETIC)
                .noneMatch(method.getModifiers()::contains);
    }

    private static boolean readsWhatNeverChanges(JavaMethod method) {
        return method.getCallsFromSelf().isEmpty()
                && method.getFieldAccesses().stream()
                        .allMatch(access -> access.getTarget()
                                .resolveMember()
                                .filter(field -> field.getModifiers().contains(JavaModifier.FINAL))
                                .isPresent());
    }

    private boolean asksForTheTurn(JavaMethodCall call) {
        return call.getTargetOwner().getName().equals(root + ".delivery.DeliveryThread")
                && call.getName().equals("hasTurn");
    }

    /**
     * Stdout belongs to the lines that programs read; whatever else there is to tell goes to the log, through slf4j. The checker's command is
     * a program of its own.
     */
    ArchRule onlyBootstrapWritesToTheConsole() {
        return noClasses()
                .that(not(resideInAnyPackage(in("bootstrap"), root + ".checker")))
                .should()
                .accessTargetWhere(access("writes to the console", Architecture::writesToTheConsole))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.logging"));
    }

    private static boolean writesToTheConsole(JavaAccess<?> access) {
        return Set.of("out", "err", "console").contains(access.getTarget().getName())
                        && access.getTargetOwner().isEquivalentTo(System.class)
                || access.getTarget().getName().equals("printStackTrace")
                        && access.getTargetOwner().isAssignableTo(Throwable.class)
                || is(access, Thread.class, "dumpStack");
    }

    private static boolean is(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTargetOwner().isEquivalentTo(owner)
                && access.getTarget().getName().equals(name);
    }

    /** Calls, fields, and method references as well. */
    private static DescribedPredicate<JavaAccess<?>> access(String what, Predicate<JavaAccess<?>> test) {
        return describe(what, test);
    }

    private String in(String layer) {
        return root + "." + layer + "..";
    }

    private String[] layers(String... layers) {
        return Stream.of(layers).map(this::in).toArray(String[]::new);
    }
}
