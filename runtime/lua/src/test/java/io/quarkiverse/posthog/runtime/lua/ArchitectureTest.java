package io.quarkiverse.posthog.runtime.lua;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = { "io.quarkiverse.posthog.lua",
        "io.quarkiverse.posthog.runtime.lua" }, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The application may not have these classes. */
    @ArchTest
    static final ArchRule onlyTheToolsUseMcp = noClasses()
            .that().resideOutsideOfPackage("io.quarkiverse.posthog.runtime.lua.mcp")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkiverse.mcp..", "io.quarkiverse.posthog.runtime.mcp..",
                    "io.quarkiverse.posthog.runtime.lua.mcp");

    @ArchTest
    static final ArchRule theApiKnowsNothingOfItsImplementation = noClasses()
            .that().resideInAPackage("io.quarkiverse.posthog.lua")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkiverse.posthog.runtime..", "io.quarkiverse.posthog.lua.engine..");

    @ArchTest
    static final ArchRule theEngineKnowsNothingOfPostHog = noClasses()
            .that().resideInAPackage("io.quarkiverse.posthog.lua.engine..")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkiverse.posthog.runtime..", "com.fasterxml..");
}
