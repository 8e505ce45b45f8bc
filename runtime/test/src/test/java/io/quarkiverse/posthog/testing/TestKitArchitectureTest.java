package io.quarkiverse.posthog.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may use which. */
@AnalyzeClasses(packages = "io.quarkiverse.posthog.testing", importOptions = ImportOption.DoNotIncludeTests.class)
class TestKitArchitectureTest {

    private static final String KIT = "io.quarkiverse.posthog.testing";

    @ArchTest
    static final ArchRule emulatorsKnowNothingOfAssertions = noClasses().that().resideInAPackage(KIT + ".runtime..")
            .should().dependOnClassesThat().resideInAnyPackage(KIT, KIT + ".hooks..");

    @ArchTest
    static final ArchRule onlyWhatKnowsTheApplicationUsesItsInternals = noClasses().that().resideInAPackage(KIT)
            .should().dependOnClassesThat().resideInAPackage("io.quarkiverse.posthog.runtime..");
}
