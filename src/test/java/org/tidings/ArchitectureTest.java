package org.tidings;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the house is built; docs/architecture.md says it in words. A rule that fails says what to do instead. */
@AnalyzeClasses(packages = "org.tidings", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Who may use whom. Only what is used is allowed: see {@link #everyAllowedUseIsNeeded}. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("api", Set.of()),
            entry("wire", Set.of()),
            entry("log", Set.of("api")),
            entry("log.sqlite", Set.of("api", "log")),
            entry("hub", Set.of("api", "wire", "log")),
            entry("config", Set.of("api", "log", "log.sqlite", "hub")),
            entry("security", Set.of("api")),
            entry("report", Set.of("config", "hub", "log.sqlite")),
            entry("foreign", Set.of()),
            entry("report.probe", Set.of("report", "config", "foreign")),
            entry("rest", Set.of("api", "wire", "hub", "security", "config", "report", "report.probe")),
            entry("rest.servlet", Set.of("wire", "hub", "rest", "security", "report", "report.probe", "foreign")),
            entry("cdi", Set.of("api", "log", "log.sqlite", "hub", "config")),
            entry("server", Set.of("api", "hub", "config", "rest", "security", "report", "server.transport")),
            entry("server.transport", Set.of("api", "wire", "hub", "rest")),
            entry("demo", Set.of("api", "config", "security", "rest")));

    @ArchTest
    static final ArchRule packagesUseWhatTheTableAllows = classes()
            .should(new UsePackages(MAY_USE))
            .because("an arrow in the wrong direction ties parts together that change for different reasons. Let the"
                    + " lower package declare an interface that the higher one implements, as hub does with Connection"
                    + " and HubListener, or move what both need down. An arrow that is right goes into MAY_USE and"
                    + " docs/architecture.md. Nobody uses server or demo; rest and cdi know each other only through"
                    + " api and CDI");

    @ArchTest
    static final ArchRule packagesFormNoCycle = slices().matching("org.tidings.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be understood and changed as one; cut it with an interface in the"
                    + " lower one");

    @ArchTest
    static final ArchRule coreIsPlainJava = classes()
            .that()
            .resideInAnyPackage("org.tidings.wire..", "org.tidings.log", "org.tidings.hub..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.tidings..", "com.google.errorprone.annotations..")
            .because(
                    "the core runs in a unit test and under any container; what knows Jakarta REST, CDI or JSON belongs"
                            + " to rest or cdi, behind an interface of the core");

    @ArchTest
    static final ArchRule onlyItsEngineKnowsSqlite = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.log.sqlite")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sqlite..", "java.sql..")
            .because("the log is an SPI: what is special to one engine stays in its package, behind EventLog");

    @ArchTest
    static final ArchRule apiNamesAnnotationsAndTheSink = classes()
            .that()
            .resideInAPackage("org.tidings.api..")
            .should()
            .onlyDependOnClassesThat(describe(
                    "are of Java or of api, annotations of CDI, or SseEventSink", ArchitectureTest::isFitForApi))
            .because("applications compile against api alone, on every server; what else an application hands over or"
                    + " gets is a type of api (docs/adr/0002-api-names-the-sink.md)");

    @ArchTest
    static final ArchRule onlyServerKnowsTheEmbeddedServer = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.glassfish..", "org.jvnet..", "org.jboss..", "io.smallrye..", "org.eclipse.yasson..")
            .because("the WAR runs on servers that have others of these, or none: use the Jakarta interface, or put it"
                    + " into server, which is not in the WAR");

    @ArchTest
    static final ArchRule nobodyKnowsAnotherServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("fish.payara..", "org.apache..", "io.undertow..", "org.wildfly..", "com.sun..", "sun..")
            .because(
                    "one WAR runs on every server: find the portable way, and say in server-config what a server has to"
                            + " be told");

    @ArchTest
    static final ArchRule servletsStayInTheirPackage = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.rest.servlet")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.servlet..")
            .because("the embedded server has no servlets, not even their API: META-INF/beans.xml keeps it from the one"
                    + " package that names them");

    @ArchTest
    static final ArchRule timeAndThreadsComeThroughTheSeam = noClasses()
            .that()
            .resideInAnyPackage("org.tidings.hub..", "org.tidings.log..")
            .and(not(belongTo(name("org.tidings.hub.SystemHubScheduler"))))
            .should()
            .accessTargetWhere(
                    describe("the target reads a clock, sleeps or makes a thread", TimeAndThreads::areUsedBy))
            .because("tests run lanes on their own thread and move the clock by hand: take the time as an argument, or"
                    + " ask HubScheduler for it and for threads");

    @ArchTest
    static final ArchRule staticFieldsAreConstants = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(describe("that is there to be changed", ArchitectureTest::isMadeToChange))
            .because(
                    "two servers in one process, and two tests in one run, would share it: make it a field of the object"
                            + " that owns it");

    @ArchTest
    static final ArchRule logsGoThroughSystemLogger = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .because("each server has a logging of its own, and System.Logger reaches all of them; server alone sets up"
                    + " what is behind it");

    @ArchTest
    static final ArchRule onlyServerPrints = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.server..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("an operator reads the log (System.Logger); only a program that was started by hand speaks to the"
                    + " terminal");

    @ArchTest
    static void everyAllowedUseIsNeeded(JavaClasses classes) {
        Map<String, Set<String>> uses = UsePackages.by(classes);
        var allowed = new TreeMap<String, Set<String>>();
        uses.keySet().forEach(user -> allowed.put(user, new TreeSet<>(MAY_USE.getOrDefault(user, Set.of()))));
        // Packages of the table that have no class yet can be neither users nor used.
        allowed.values().forEach(used -> used.retainAll(uses.keySet()));

        assertThat(uses)
                .as("who uses whom: what MAY_USE allows beyond that, take away there and in docs/architecture.md")
                .isEqualTo(allowed);
    }

    @ArchTest
    static void everyPackageSaysWhatItIsFor(JavaClasses classes) {
        assertThat(UsePackages.by(classes).keySet())
                .as(
                        "each with a package-info.java: its purpose, what it may use, its threads and locks, in 5 to 15 lines")
                .allSatisfy(name -> assertThat(
                                Path.of("src/main/java/org/tidings", name.replace('.', '/'), "package-info.java"))
                        .isRegularFile());
    }

    private static boolean isFitForApi(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        String home = element.getPackageName();
        boolean ofCdi = home.equals("jakarta.inject") || home.startsWith("jakarta.enterprise.");
        return element.isPrimitive()
                || home.startsWith("java.")
                || home.startsWith("org.tidings.api")
                || (ofCdi && (element.isAnnotation() || element.getSimpleName().equals("AnnotationLiteral")))
                || element.getName().equals("jakarta.ws.rs.sse.SseEventSink");
    }

    private static boolean isMadeToChange(JavaClass type) {
        boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return (collection && !type.isInterface())
                || (type.isAssignableTo(CharSequence.class) && !type.isEquivalentTo(String.class))
                || type.isAssignableTo(Thread.class)
                || type.isAssignableTo(ThreadLocal.class)
                || type.getPackageName().startsWith("java.util.concurrent");
    }
}
