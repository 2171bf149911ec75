package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.planted.adapter.javalin.JavalinFaults;
import prosa.planted.adapter.memory.MemoryFaults;
import prosa.planted.adapter.nats.NatsFaults;
import prosa.planted.adapter.sqlite.SqliteFaults;
import prosa.planted.adapter.tcp.TcpFaults;
import prosa.planted.adapter.tutorial.TutorialFaults;
import prosa.planted.adapter.uring.UringFaults;
import prosa.planted.application.ApplicationFaults;
import prosa.planted.application.port.PortFaults;
import prosa.planted.bootstrap.BootstrapFaults;
import prosa.planted.certificate.CertificateFaults;
import prosa.planted.checker.CheckerFaults;
import prosa.planted.checker.judgement.JudgementFaults;
import prosa.planted.delivery.DeliveryFaults;
import prosa.planted.dialect.DialectFaults;
import prosa.planted.doctor.DoctorFaults;
import prosa.planted.doctor.check.CheckFaults;
import prosa.planted.domain.DomainFaults;
import prosa.planted.lab.LabFaults;
import prosa.planted.lab.page.PageFaults;
import prosa.planted.language.LanguageFaults;

/** The house keeps to its {@link Architecture}; and each rule is tried on violations planted for it, so that it can't be void. */
@AnalyzeClasses(
        packages = "prosa",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestSupport.class})
class ArchitectureTest {
    /** A module of its own has some among its main classes; others lend their tests as a jar, which ArchUnit takes for no tests. */
    static final class DoNotIncludeTestSupport implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/prosa/test/wire/") && !location.contains("-tests.jar!");
        }
    }

    private static final Architecture HOUSE = new Architecture("prosa");
    private static final Architecture PLANTED = new Architecture("prosa.planted");
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED.root());

    @ArchTest
    static void allModulesAreLookedAt(JavaClasses house) {
        assertEquals(
                new TreeSet<>(Set.of(
                        "prosa.domain",
                        "prosa.delivery",
                        "prosa.application",
                        "prosa.application.port",
                        "prosa.language",
                        "prosa.certificate",
                        "prosa.dialect",
                        "prosa.adapter.memory",
                        "prosa.adapter.sqlite",
                        "prosa.adapter.nats",
                        "prosa.adapter.tcp",
                        "prosa.adapter.javalin",
                        "prosa.adapter.tutorial",
                        "prosa.adapter.uring",
                        "prosa.lab",
                        "prosa.lab.page",
                        "prosa.doctor",
                        "prosa.doctor.check",
                        "prosa.checker",
                        "prosa.checker.judgement",
                        "prosa.checker.run",
                        "prosa.bootstrap",
                        "prosa.bootstrap.manual")),
                house.stream()
                        .map(JavaClass::getPackageName)
                        // The laboratory is one layer in several packages, but for its page.
                        .map(name -> name.replaceFirst("^prosa\\.lab\\.(?!page$).*", "prosa.lab"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ArchTest
    static void theDomainKnowsNothingButThePlainJdk(JavaClasses house) {
        check(
                house,
                Architecture::theDomainKnowsNothingButThePlainJdk,
                DomainFaults.ReadsAFile.class,
                DomainFaults.StartsAThread.class,
                DomainFaults.TakesALock.class,
                DomainFaults.HoldsAClock.class,
                DomainFaults.LooksAtTheEnvironment.class,
                DomainFaults.KnowsTheApplication.class);
    }

    @ArchTest
    static void deliveryKnowsBytesAndSockets(JavaClasses house) {
        check(
                house,
                Architecture::deliveryKnowsBytesAndSockets,
                DeliveryFaults.KnowsARoom.class,
                DeliveryFaults.KnowsTheHistory.class);
    }

    @ArchTest
    static void theApplicationKnowsTheDomainAndDelivery(JavaClasses house) {
        check(
                house,
                Architecture::theApplicationKnowsTheDomainAndDelivery,
                ApplicationFaults.KnowsADialect.class,
                ApplicationFaults.WritesJson.class);
    }

    @ArchTest
    static void thePortsDoNotKnowTheUseCases(JavaClasses house) {
        check(house, Architecture::thePortsDoNotKnowTheUseCases, PortFaults.KnowsAUseCase.class);
    }

    @ArchTest
    static void enginesAndDialectsKnowThePortsAlone(JavaClasses house) {
        check(
                house,
                Architecture::enginesAndDialectsKnowThePortsAlone,
                SqliteFaults.KnowsAUseCase.class,
                NatsFaults.KnowsAUseCase.class,
                DialectFaults.KnowsAUseCase.class);
    }

    @ArchTest
    static void languagesKnowNotWhatIsSaid(JavaClasses house) {
        check(house, Architecture::languagesKnowNotWhatIsSaid, LanguageFaults.KnowsADialect.class);
    }

    @ArchTest
    static void theCertificateKnowsNothingOfWiresOrChat(JavaClasses house) {
        check(
                house,
                Architecture::theCertificateKnowsNothingOfWiresOrChat,
                CertificateFaults.KnowsTheApplication.class,
                CertificateFaults.SpeaksADialect.class);
    }

    @ArchTest
    static void bouncyCastleLivesInTheCertificate(JavaClasses house) {
        check(house, Architecture::bouncyCastleLivesInTheCertificate, TcpFaults.MakesACertificate.class);
    }

    @ArchTest
    static void theDialectKnowsTheApplicationAndJson(JavaClasses house) {
        check(house, Architecture::theDialectKnowsTheApplicationAndJson, DialectFaults.KnowsAnAdapter.class);
    }

    @ArchTest
    static void memoryKnowsTheApplication(JavaClasses house) {
        check(house, Architecture::memoryKnowsTheApplication, MemoryFaults.SpeaksADialect.class);
    }

    @ArchTest
    static void sqliteKnowsTheApplicationAndItsDriver(JavaClasses house) {
        check(house, Architecture::sqliteKnowsTheApplicationAndItsDriver, SqliteFaults.SpeaksADialect.class);
    }

    @ArchTest
    static void natsKnowsTheApplicationAndItsClient(JavaClasses house) {
        check(house, Architecture::natsKnowsTheApplicationAndItsClient, NatsFaults.KnowsADatabase.class);
    }

    @ArchTest
    static void natsLivesInItsAdapter(JavaClasses house) {
        check(house, Architecture::natsLivesInItsAdapter, MemoryFaults.KnowsNats.class);
    }

    @ArchTest
    static void tcpKnowsTheApplicationAndTheDialect(JavaClasses house) {
        check(
                house,
                Architecture::tcpKnowsTheApplicationAndTheDialect,
                TcpFaults.KnowsAnotherAdapter.class,
                TcpFaults.BorrowsTheHttpServer.class);
    }

    @ArchTest
    static void javalinKnowsTheApplicationTheDialectAndItsServer(JavaClasses house) {
        check(
                house,
                Architecture::javalinKnowsTheApplicationTheDialectAndItsServer,
                JavalinFaults.KnowsTheDriver.class,
                JavalinFaults.WritesJson.class);
    }

    @ArchTest
    static void theTutorialsKnowTheApplication(JavaClasses house) {
        check(
                house,
                Architecture::theTutorialsKnowTheApplication,
                TutorialFaults.KnowsItsServer.class,
                TutorialFaults.BorrowsTheHttpServer.class,
                TutorialFaults.KnowsADialect.class);
    }

    @ArchTest
    static void uringKnowsTheApplication(JavaClasses house) {
        check(house, Architecture::uringKnowsTheApplication, UringFaults.KnowsARoom.class);
    }

    @ArchTest
    static void bootstrapKnowsTheHouseAndItsCommandLine(JavaClasses house) {
        check(house, Architecture::bootstrapKnowsTheHouseAndItsCommandLine, BootstrapFaults.WritesJson.class);
    }

    @ArchTest
    static void theLabKnowsNothingOfTheHouse(JavaClasses house) {
        check(
                house,
                Architecture::theLabKnowsNothingOfTheHouse,
                LabFaults.KnowsADialect.class,
                LabFaults.KnowsARoom.class,
                PageFaults.KnowsARoom.class);
    }

    @ArchTest
    static void theLabDoesNotKnowItsPage(JavaClasses house) {
        check(house, Architecture::theLabDoesNotKnowItsPage, LabFaults.KnowsItsPage.class);
    }

    @ArchTest
    static void nobodyButBootstrapTheDoctorAndTheCheckerKnowTheLab(JavaClasses house) {
        check(
                house,
                Architecture::nobodyButBootstrapTheDoctorAndTheCheckerKnowTheLab,
                ApplicationFaults.KnowsTheLab.class);
    }

    @ArchTest
    static void theCheckerKnowsNothingOfTheHouse(JavaClasses house) {
        check(
                house,
                Architecture::theCheckerKnowsNothingOfTheHouse,
                CheckerFaults.KnowsARoom.class,
                CheckerFaults.BorrowsAMeasurement.class);
    }

    @ArchTest
    static void theJudgementKnowsNothingButThePlainJdk(JavaClasses house) {
        check(
                house,
                Architecture::theJudgementKnowsNothingButThePlainJdk,
                JudgementFaults.OpensASocket.class,
                JudgementFaults.KnowsWhoAsks.class);
    }

    @ArchTest
    static void nobodyKnowsTheChecker(JavaClasses house) {
        check(house, Architecture::nobodyKnowsTheChecker, BootstrapFaults.AsksTheChecker.class);
    }

    @ArchTest
    static void theDoctorKnowsNothingOfTheHouse(JavaClasses house) {
        check(
                house,
                Architecture::theDoctorKnowsNothingOfTheHouse,
                DoctorFaults.KnowsARoom.class,
                DoctorFaults.BorrowsAMeasurement.class);
    }

    @ArchTest
    static void checksDoNotKnowInWhichWordsTheyAreTold(JavaClasses house) {
        check(house, Architecture::checksDoNotKnowInWhichWordsTheyAreTold, CheckFaults.KnowsHowItIsTold.class);
    }

    @ArchTest
    static void nobodyButBootstrapKnowsTheDoctor(JavaClasses house) {
        check(house, Architecture::nobodyButBootstrapKnowsTheDoctor, ApplicationFaults.KnowsTheDoctor.class);
    }

    @ArchTest
    static void nobodyKnowsTheTestSupport(JavaClasses house) {
        check(house, Architecture::nobodyKnowsTheTestSupport, BootstrapFaults.AsksAClientOfTheTests.class);
    }

    @ArchTest
    static void adaptersDoNotKnowEachOther(JavaClasses house) {
        check(
                house,
                Architecture::adaptersDoNotKnowEachOther,
                TcpFaults.KnowsAnotherAdapter.class,
                TutorialFaults.KnowsItsServer.class);
    }

    @ArchTest
    static void nobodyKnowsBootstrap(JavaClasses house) {
        check(house, Architecture::nobodyKnowsBootstrap, TcpFaults.KnowsBootstrap.class);
    }

    @ArchTest
    static void jsonLivesInTheDialect(JavaClasses house) {
        check(
                house,
                Architecture::jsonLivesInTheDialect,
                ApplicationFaults.WritesJson.class,
                JavalinFaults.WritesJson.class,
                BootstrapFaults.WritesJson.class);
    }

    @ArchTest
    static void theHttpServerLivesInItsAdapter(JavaClasses house) {
        check(
                house,
                Architecture::theHttpServerLivesInItsAdapter,
                TcpFaults.BorrowsTheHttpServer.class,
                TcpFaults.BorrowsJetty.class,
                TcpFaults.BorrowsAServlet.class,
                TcpFaults.BorrowsKotlin.class,
                LabFaults.BorrowsTheHttpServer.class);
    }

    @ArchTest
    static void theDatabaseLivesInItsAdapter(JavaClasses house) {
        check(
                house,
                Architecture::theDatabaseLivesInItsAdapter,
                JavalinFaults.OpensTheDatabase.class,
                JavalinFaults.KnowsTheDriver.class);
    }

    @ArchTest
    static void theKernelIsCalledInItsAdapter(JavaClasses house) {
        check(house, Architecture::theKernelIsCalledInItsAdapter, TcpFaults.CallsTheKernel.class);
    }

    @ArchTest
    static void theCommandLineLivesInBootstrap(JavaClasses house) {
        check(house, Architecture::theCommandLineLivesInBootstrap, TcpFaults.ReadsTheCommandLine.class);
    }

    @ArchTest
    static void nobodyKnowsWhoWritesTheLog(JavaClasses house) {
        check(house, Architecture::nobodyKnowsWhoWritesTheLog, BootstrapFaults.KnowsWhoWritesTheLog.class);
    }

    @ArchTest
    static void packagesFormNoCycle(JavaClasses house) {
        check(house, Architecture::packagesFormNoCycle, DomainFaults.KnowsTheApplication.class);
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses house) {
        check(house, Architecture::everyPackageIsNullMarked, DomainFaults.class);
    }

    @ArchTest
    static void adaptersShowNothingButTheirPorts(JavaClasses house) {
        check(house, Architecture::adaptersShowNothingButTheirPorts, TcpFaults.class, TcpFaults.Wire.Setting.class);
    }

    @ArchTest
    static void onlyBootstrapReadsTheWallClock(JavaClasses house) {
        check(
                house,
                Architecture::onlyBootstrapReadsTheWallClock,
                ApplicationFaults.CountsMilliseconds.class,
                ApplicationFaults.AsksForNow.class,
                ApplicationFaults.PassesOnNow.class,
                ApplicationFaults.TakesTheSystemsClock.class,
                ApplicationFaults.MakesADate.class);
    }

    @ArchTest
    static void onlyThoseWithThreadsAndTheLabMeasureTime(JavaClasses house) {
        check(
                house,
                Architecture::onlyThoseWithThreadsAndTheLabMeasureTime,
                DomainFaults.MeasuresTime.class,
                DialectFaults.MeasuresTime.class);
    }

    @ArchTest
    static void nobodySleeps(JavaClasses house) {
        check(house, Architecture::nobodySleeps, TcpFaults.Sleeps.class, BootstrapFaults.SleepsByTheUnit.class);
    }

    @ArchTest
    static void whoCatchesErrorsAsksWhetherMemoryRanOut(JavaClasses house) {
        check(house, Architecture::whoCatchesErrorsAsksWhetherMemoryRanOut, TcpFaults.GoesOnAfterErrors.class);
    }

    @ArchTest
    static void whatTheDeliveryThreadOwnsIsAsserted(JavaClasses house) {
        check(
                house,
                Architecture::whatTheDeliveryThreadOwnsIsAsserted,
                ApplicationFaults.AssertsNothing.class,
                ApplicationFaults.CallsOthersUnasserted.class);
    }

    @ArchTest
    static void onlyBootstrapWritesToTheConsole(JavaClasses house) {
        check(
                house,
                Architecture::onlyBootstrapWritesToTheConsole,
                ApplicationFaults.Prints.class,
                ApplicationFaults.PrintsAStackTrace.class,
                ApplicationFaults.LogsPastTheLog.class);
    }

    /** That a rule finds the planted violations, and then that it finds none in the house. */
    private static void check(JavaClasses house, Function<Architecture, ArchRule> rule, Class<?>... planted) {
        EvaluationResult found = rule.apply(PLANTED).evaluate(PLANTED_CLASSES);
        String report = String.join("\n", found.getFailureReport().getDetails());
        Stream.of(planted)
                .forEach(fault -> assertTrue(namesClass(report, fault), () -> fault + " was not found in\n" + report));
        rule.apply(HOUSE).check(house);
    }

    /** The whole name: not one that goes on. */
    private static boolean namesClass(String report, Class<?> type) {
        return report.lines().anyMatch(line -> line.matches(".*\\Q" + type.getName() + "\\E(?![\\w$]).*"));
    }
}
