package io.quarkiverse.posthog;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.Arrays;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may use which. */
@AnalyzeClasses(packages = "io.quarkiverse.posthog", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String RUNTIME = "io.quarkiverse.posthog.runtime";
    private static final String CAPTURE = RUNTIME + ".capture";
    private static final String REST = RUNTIME + ".rest";

    @ArchTest
    static final ArchRule apiKnowsNothingOfItsImplementation = noClasses()
            .that().resideOutsideOfPackage(RUNTIME + "..")
            .should().dependOnClassesThat().resideInAPackage(RUNTIME + "..");

    @ArchTest
    static final ArchRule configurationStandsAlone = noClasses()
            .that().resideInAPackage(RUNTIME + ".config..")
            .should().dependOnClassesThat(
                    resideInAPackage(RUNTIME + "..").and(resideOutsideOfPackage(RUNTIME + ".config..")));

    /** Each package uses packages of its own layer and of the layers below. */
    @ArchTest
    static final ArchRule layersOfTheRuntime = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("recorders").definedBy(RUNTIME)
            .layer("integrations").definedBy(packages("health", "tracing"))
            .layer("accounts").definedBy(packages("accounts"))
            .layer("features").definedBy(packages("capture", "flags", "errors", "resources", "gating", "openfeature", "check",
                    "redis", "context", "tracking"))
            .layer("rest").definedBy(packages("rest"))
            .layer("base").definedBy(packages("config", "background", "metrics", "files", "support"))
            .whereLayer("recorders").mayNotBeAccessedByAnyLayer()
            .whereLayer("integrations").mayOnlyBeAccessedByLayers("recorders")
            .whereLayer("accounts").mayOnlyBeAccessedByLayers("recorders", "integrations")
            .whereLayer("features").mayOnlyBeAccessedByLayers("recorders", "integrations", "accounts")
            .whereLayer("rest").mayOnlyBeAccessedByLayers("recorders", "integrations", "accounts", "features")
            .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(RUNTIME + ".."));

    @ArchTest
    static final ArchRule supportDependsOnNoOtherPackage = noClasses()
            .that().resideInAPackage(RUNTIME + ".support..")
            .should().dependOnClassesThat(
                    resideInAPackage("io.quarkiverse.posthog..").and(resideOutsideOfPackage(RUNTIME + ".support..")));

    /** Each layer may use the layers below it. */
    @ArchTest
    static final ArchRule layersOfRequests = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(REST + "..")
            .layer("pagination").definedBy(REST + ".pagination")
            .layer("rest").definedBy(REST)
            .layer("api").definedBy(REST + ".api")
            .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(REST + ".."))
            .whereLayer("rest").mayOnlyAccessLayers("api")
            .whereLayer("api").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule readingKnowsNothingOfOtherFeatures = noClasses()
            .that().resideInAPackage(RUNTIME + ".resources..")
            .should().dependOnClassesThat().resideInAnyPackage(packages("capture", "flags", "errors"));

    @ArchTest
    static final ArchRule capturingKnowsNothingOfOtherFeatures = noClasses()
            .that().resideInAPackage(RUNTIME + ".capture..")
            .should().dependOnClassesThat().resideInAnyPackage(packages("resources", "flags", "errors"));

    /** Each layer may use the layers below it. */
    @ArchTest
    static final ArchRule layersOfCapturing = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(CAPTURE + "..")
            .layer("capture").definedBy(CAPTURE)
            .layer("delivery").definedBy(CAPTURE + ".delivery")
            .layer("queue").definedBy(CAPTURE + ".queue")
            .layer("report").definedBy(CAPTURE + ".report")
            .layer("wire").definedBy(CAPTURE + ".wire")
            .layer("event").definedBy(CAPTURE + ".event")
            .layer("log").definedBy(CAPTURE + ".log")
            .layer("spool").definedBy(CAPTURE + ".spool")
            .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(CAPTURE + ".."))
            .whereLayer("delivery").mayOnlyAccessLayers("queue", "report", "wire", "event", "log")
            .whereLayer("queue").mayOnlyAccessLayers("event", "log", "spool")
            .whereLayer("report").mayOnlyAccessLayers("wire", "event", "log")
            .whereLayer("wire").mayOnlyAccessLayers("event")
            .whereLayer("event").mayOnlyAccessLayers("log")
            .whereLayer("log").mayNotAccessAnyLayer()
            .whereLayer("spool").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule theSpoolNeedsOnlyTheJdk = classes()
            .that().resideInAPackage(CAPTURE + ".spool")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", CAPTURE + ".spool", RUNTIME + ".files");

    @ArchTest
    static final ArchRule snapshotsOfFlagsDoNotDependOnEvents = noClasses()
            .that().resideInAPackage("io.quarkiverse.posthog.flags")
            .should().dependOnClassesThat().haveFullyQualifiedName("io.quarkiverse.posthog.CaptureEvent");

    @ArchTest
    static final ArchRule noCycles = slices().matching(RUNTIME + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingFromBuildTimeAtRunTime = noClasses()
            .should().dependOnClassesThat().resideInAPackage("io.quarkiverse.posthog.deployment..");

    @ArchTest
    static final ArchRule noStaticStateInTheApi = fields()
            .that().areDeclaredInClassesThat().resideOutsideOfPackage(RUNTIME + "..")
            .and().areStatic()
            .should().beFinal();

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> RUNTIME + "." + name + "..").toArray(String[]::new);
    }
}
