package io.holdfast.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.dns.zone.Zone;
import java.io.File;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;

/// Holds the edges between packages and the absences that ARCHITECTURE.md promises.
@AnalyzeClasses(packages = "io.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] OUTER = {"io.holdfast.cli..", "io.holdfast.bench.."};

    @ArchTest static final ArchRule runtimeKnowsNothingOfOurs = knowsOnly("runtime");

    @ArchTest static final ArchRule configKnowsOnlyHowToPrint = knowsOnly("config", "runtime");

    @ArchTest static final ArchRule netKnowsNothingOfOurs = knowsOnly("net");

    @ArchTest static final ArchRule dnsKnowsNothingOfOurs = knowsOnly("dns");

    @ArchTest
    static final ArchRule theServiceNeverKnowsTheAgent =
            knowsOnly("service", "runtime", "config", "net", "dns");

    @ArchTest
    static final ArchRule theAgentNeverKnowsTheService =
            knowsOnly("agent", "runtime", "config", "net", "dns");

    @ArchTest
    static final ArchRule subjectsOfTheServiceFormNoCircle =
            slices().matching("io.holdfast.service.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule subjectsOfTheAgentFormNoCircle =
            slices().matching("io.holdfast.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dnsReadsNoClockFileSocketOrLog =
            noClasses()
                    .that()
                    .resideInAPackage("io.holdfast.dns..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.nio.file..", "java.nio.channels..", "org.slf4j..")
                                    .or(
                                            assignableToAny(
                                                    File.class,
                                                    Clock.class,
                                                    Instant.class,
                                                    Socket.class,
                                                    ServerSocket.class,
                                                    DatagramSocket.class)));

    @ArchTest
    static final ArchRule theDecisionReadsNoClockFileSocketOrLog =
            noClasses()
                    .that()
                    .resideInAPackage("io.holdfast.agent.round..")
                    .and()
                    .haveNameMatching(".*\\.(Decider|Decision|EntryChanges|FlapDamping)(\\$.*)?")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.nio.file..", "java.nio.channels..", "org.slf4j..")
                                    .or(
                                            assignableToAny(
                                                    File.class,
                                                    java.time.InstantSource.class,
                                                    Socket.class,
                                                    DatagramSocket.class)));

    @ArchTest
    static final ArchRule onlyTheStoreSpeaksSql =
            onlyIn(
                    new String[] {"io.holdfast.service.store.."},
                    "java.sql..",
                    "javax.sql..",
                    "org.sqlite..",
                    "org.postgresql..",
                    "org.jdbi..",
                    "org.flywaydb..");

    @ArchTest
    static final ArchRule onlyTheFrontsForPeopleAndHttpImportTheHttpFramework =
            onlyIn(
                    new String[] {
                        "io.holdfast.service.http..",
                        "io.holdfast.service.web..",
                        "io.holdfast.service.api.."
                    },
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule onlyTheCommandLineImportsItsLibrary =
            onlyIn(new String[] {"io.holdfast.cli.."}, "picocli..");

    /// What it reaches has to be on its class path, on which nothing of the service is.
    @ArchTest
    static final ArchRule theAgentsProcessReachesNothingOfTheService =
            noClasses()
                    .that()
                    .haveSimpleName("AgentMain")
                    .should()
                    .transitivelyDependOnClassesThat(
                            resideInAnyPackage(
                                    "io.holdfast.service..", "ch.qos.logback..", "io.javalin.."));

    @ArchTest
    static final ArchRule onlyNetAndListenUseDatagrams =
            noClasses()
                    .that(
                            resideOutsideOfPackages(
                                    "io.holdfast.net..", "io.holdfast.service.listen.."))
                    .should()
                    .dependOnClassesThat(
                            assignableToAny(
                                    DatagramSocket.class, java.nio.channels.DatagramChannel.class));

    @ArchTest
    static final ArchRule onlyTheOneDoorMakesANewVersionOfAZone =
            noClasses()
                    .that(
                            resideOutsideOfPackages(
                                    "io.holdfast.service.change..",
                                    "io.holdfast.dns..",
                                    "io.holdfast.bench.."))
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "Zone.apply",
                                    call ->
                                            call.getTarget().getOwner().isEquivalentTo(Zone.class)
                                                    && call.getTarget().getName().equals("apply")));

    @ArchTest
    static final ArchRule dialectsDoNotKnowHowZonesOrRowsAreKept =
            noClasses()
                    .that()
                    .resideInAPackage("io.holdfast.service.dyndns..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "io.holdfast.dns.zone..",
                                    "io.holdfast.service.store..",
                                    "io.holdfast.service.http.."));

    @ArchTest static final ArchRule signaturesKnowMessagesAlone = knowsOf("dns.tsig", "dns");

    @ArchTest
    static final ArchRule whatAnUpdateMeansIsToldOfRecordsAlone =
            knowsOf("dns.update", "dns", "dns.zone");

    @ArchTest
    static final ArchRule zonesKnowNeitherQuestionsNorSignatures = knowsOf("dns.zone", "dns");

    @ArchTest
    static final ArchRule answersComeFromZonesAlone = knowsOf("dns.answer", "dns", "dns.zone");

    /// `runtime` for the quoting of what a certificate says.
    @ArchTest static final ArchRule httpRepliesMeanNothingYet = knowsOf("agent.http", "runtime");

    /// Two clients would differ in what they repeat, and in what they call not sent.
    @ArchTest
    static final ArchRule theAgentHasOneHttpClient =
            noClasses()
                    .that()
                    .resideInAPackage("io.holdfast.agent..")
                    .and()
                    .resideOutsideOfPackage("io.holdfast.agent.http")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.net\\.(Socket|HttpURLConnection)|java\\.net\\.http\\..*|javax\\.net\\.ssl\\..*");

    @ArchTest static final ArchRule addressesAreText = knowsOf("service.address", "net.address");

    @ArchTest
    static final ArchRule theKindsOfAddressesKnowNoSocketAndNoInterface = knowsOf("net.address");

    @ArchTest
    static final ArchRule masterFilesDoNotKnowWhatBecomesOfThem =
            knowsOf("service.masterfile", "config", "dns", "dns.zone");

    @ArchTest
    static final ArchRule listeningDoesNotKnowTheKeysNorWhatAMessageIsFor =
            knowsOf(
                    "service.listen",
                    "runtime",
                    "dns",
                    "dns.answer",
                    "dns.tsig",
                    "dns.zone",
                    "net");

    @ArchTest
    static final ArchRule dynamicUpdatesKnowTheDoorAndNotWhatIsBehind =
            knowsOf(
                    "service.dnsupdate",
                    "runtime",
                    "dns",
                    "dns.answer",
                    "dns.tsig",
                    "dns.update",
                    "dns.zone",
                    "service.account",
                    "service.change",
                    "service.listen");

    @ArchTest
    static final ArchRule transfersKnowVersionsAndNotWhereTheyAreKept =
            knowsOf(
                    "service.transfer",
                    "runtime",
                    "dns",
                    "dns.answer",
                    "dns.tsig",
                    "dns.zone",
                    "net.address",
                    "service.account",
                    "service.address",
                    "service.change",
                    "service.listen");

    @ArchTest
    static final ArchRule theDoorDoesNotKnowWhichProtocolAsked =
            knowsOf(
                    "service.change",
                    "runtime",
                    "dns",
                    "dns.tsig",
                    "dns.update",
                    "dns.zone",
                    "net.address",
                    "service.account",
                    "service.address",
                    "service.event",
                    "service.host",
                    "service.store",
                    "service.zone");

    @ArchTest
    static final ArchRule whatHappenedIsToldWithoutWhoDecidedOrWhereItIsKept =
            knowsOf(
                    "service.event",
                    "dns",
                    "dns.tsig",
                    "dns.zone",
                    "service.account",
                    "service.host",
                    "service.zone");

    @ArchTest
    static final ArchRule timeIsAnArgument =
            noClasses()
                    .that(resideOutsideOfPackages(OUTER))
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(ZonedDateTime.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(Clock.class, "systemDefaultZone")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule ourCodeSaysWhetherANullMayPass =
            classes()
                    .that()
                    .haveSimpleName("package-info")
                    .should()
                    .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);

    private static ArchRule knowsOnly(String module, String... others) {
        String own = "io.holdfast." + module + "..";
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(own);
        for (String other : others) {
            allowed = allowed.or(resideInAnyPackage("io.holdfast." + other + ".."));
        }
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.holdfast..").and(DescribedPredicate.not(allowed)));
    }

    /// Of ours a package knows itself and these, each without what is below it.
    private static ArchRule knowsOf(String subject, String... others) {
        String own = "io.holdfast." + subject;
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(own);
        for (String other : others) {
            allowed = allowed.or(resideInAnyPackage("io.holdfast." + other));
        }
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.holdfast..").and(DescribedPredicate.not(allowed)));
    }

    private static ArchRule onlyIn(String[] rooms, String... libraries) {
        return noClasses()
                .that(resideOutsideOfPackages(rooms))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries));
    }

    private static DescribedPredicate<JavaClass> assignableToAny(Class<?>... types) {
        DescribedPredicate<JavaClass> any = DescribedPredicate.not(alwaysTrue());
        for (Class<?> type : types) {
            any = any.or(JavaClass.Predicates.assignableTo(type));
        }
        return any;
    }
}
