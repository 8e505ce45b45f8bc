package io.quarkiverse.posthog.runtime.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = { "io.quarkiverse.posthog.functions",
        "io.quarkiverse.posthog.runtime.functions" }, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule functionsKnowNothingOfMcp = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkiverse.mcp..", "io.quarkiverse.posthog.runtime.mcp..");

    @ArchTest
    static final ArchRule onlyTheAccountUsesTheInternalsOfTheCore = noClasses()
            .that().doNotHaveSimpleName("FunctionAccount")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkiverse.posthog.runtime.accounts..",
                    "io.quarkiverse.posthog.runtime.capture..", "io.quarkiverse.posthog.runtime.resources..",
                    "io.quarkiverse.posthog.runtime.config..", "io.quarkiverse.posthog.runtime.context..");

    @ArchTest
    static final ArchRule theApiKnowsNothingOfItsImplementation = noClasses()
            .that().resideInAPackage("io.quarkiverse.posthog.functions")
            .should().dependOnClassesThat().resideInAPackage("io.quarkiverse.posthog.runtime..");
}
