package io.quarkiverse.posthog.runtime.flags.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The evaluator computes, and does nothing else. */
@AnalyzeClasses(packagesOf = LocalEvaluator.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LocalEvaluatorPurityTest {

    @ArchTest
    static final ArchRule knowsOnlyJavaJsonAndRegularExpressions = classes()
            .should().onlyDependOnClassesThat(resideInAnyPackage("io.quarkiverse.posthog.runtime.flags.local..", "java..",
                    "com.fasterxml.jackson..", "com.google.re2j.."));

    @ArchTest
    static final ArchRule readsAndWritesNothing = noClasses()
            .should().dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                    .and(resideOutsideOfPackages("java.util.concurrent.atomic..")));

    @ArchTest
    static final ArchRule hasNoStaticState = fields().that().areStatic().should().beFinal();
}
