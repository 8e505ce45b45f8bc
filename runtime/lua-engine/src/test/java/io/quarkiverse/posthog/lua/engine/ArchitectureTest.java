package io.quarkiverse.posthog.lua.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.quarkiverse.posthog.lua.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.posthog.lua.engine";

    /** The values and the API, which all packages use, are in the package above. */
    @ArchTest
    static final ArchRule subpackagesHaveNoCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theInterpreterKnowsNeitherTheTreeNorTheParserNorTheLibraries = noClasses()
            .that().resideInAPackage(ROOT + ".interpreter")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".tree", ROOT + ".parser", ROOT + ".library");

    @ArchTest
    static final ArchRule theLibrariesKnowNeitherTheTreeNorTheParser = noClasses()
            .that().resideInAPackage(ROOT + ".library")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".tree", ROOT + ".parser");

    @ArchTest
    static final ArchRule onlyTheEntryPointsUseTheParserAndTheLibraries = noClasses()
            .that().resideInAPackage(ROOT).and().doNotHaveSimpleName("LuaState").and().doNotHaveSimpleName("LuaCompiler")
            .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".tree", ROOT + ".parser", ROOT + ".library");

    @ArchTest
    static final ArchRule theEngineUsesOnlyJava = noClasses()
            .should().dependOnClassesThat().resideOutsideOfPackages(ROOT + "..", "java..");
}
