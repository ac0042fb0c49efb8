package org.tidings;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How tests are written. */
@AnalyzeClasses(packages = "org.tidings", importOptions = ImportOption.OnlyIncludeTests.class)
class TestRulesTest {
    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that()
            .resideOutsideOfPackage("..stress..")
            .should()
            .accessTargetWhere(describe("the target sleeps", TimeAndThreads::isSleep))
            .because("a sleep is too short on a busy machine and too long on all others: run the step by hand with"
                    + " ManualScheduler, or wait for what is to happen with a latch and a timeout");

    @ArchTest
    static final ArchRule theCoreIsTestedWithoutWaiting = noClasses()
            .that()
            .resideInAnyPackage("org.tidings.api..", "org.tidings.wire..", "org.tidings.log..", "org.tidings.hub..")
            .and()
            .resideOutsideOfPackage("..stress..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.awaitility..")
            .because("nothing in the core happens by itself: ManualScheduler runs it; Awaitility is for real sockets,"
                    + " processes and browsers");

    @ArchTest
    static final ArchRule nobodyOpensWhatIsPrivate = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "the target is setAccessible", call -> call.getName().equals("setAccessible")))
            .because(
                    "a test that reads private fields fails on a change that breaks nothing: ask what the object shows,"
                            + " or give it something to show");

    @ArchTest
    static final ArchRule testsAreJupiterOrJqwik = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("junit..", "org.junit", "org.mockito..", "org.hamcrest..")
            .because("there is one way to write a test here: JUnit Jupiter or jqwik, AssertJ, and fakes of testkit");
}
