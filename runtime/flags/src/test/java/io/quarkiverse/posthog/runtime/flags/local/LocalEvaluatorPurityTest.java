package io.quarkiverse.posthog.runtime.flags.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The evaluator computes, and does nothing else. */
@AnalyzeClasses(packagesOf = LocalEvaluator.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LocalEvaluatorPurityTest {

    private static final String ROOT = "io.quarkiverse.posthog.runtime.flags.local";

    @ArchTest
    static final ArchRule knowsOnlyJavaJsonAndRegularExpressions = classes()
            .should().onlyDependOnClassesThat(resideInAnyPackage(ROOT + "..", "java..",
                    "com.fasterxml.jackson..", "com.google.re2j.."));

    @ArchTest
    static final ArchRule readsAndWritesNothing = noClasses()
            .should().dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                    .and(resideOutsideOfPackages("java.util.concurrent.atomic..")));

    @ArchTest
    static final ArchRule packagesAreLayers = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("parser").definedBy(ROOT + ".parser..")
            .layer("entry").definedBy(ROOT)
            .layer("filter").definedBy(ROOT + ".filter..")
            .layer("matcher").definedBy(ROOT + ".matcher..")
            .layer("bucketing").definedBy(ROOT + ".bucketing..")
            .layer("model").definedBy(ROOT + ".model..")
            .whereLayer("parser").mayNotBeAccessedByAnyLayer()
            .whereLayer("entry").mayOnlyAccessLayers("filter", "bucketing", "model")
            .whereLayer("filter").mayOnlyAccessLayers("matcher", "bucketing", "model")
            .whereLayer("bucketing").mayOnlyAccessLayers("model")
            .whereLayer("matcher").mayNotAccessAnyLayer()
            .whereLayer("model").mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.quarkiverse.posthog.runtime.flags.(**)")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule hasNoStaticState = fields().that().areStatic().should().beFinal();
}
