package io.quarkiverse.posthog.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

class EmulatorArchitectureTest {

    private static final String EMULATOR = "io.quarkiverse.posthog.emulator..";

    private final JavaClasses emulator = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.quarkiverse.posthog.emulator");

    @Test
    void emulatorIsAProgramOfItsOwnButForTheRulesOfFlags() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(EMULATOR, "java..", "io.vertx.core..",
                "io.vertx.ext.web..", "com.fasterxml.jackson..", "org.jboss.logging..", "com.github.luben.zstd..",
                "com.aayushatharva.brotli4j..", "io.quarkiverse.posthog.runtime.flags.local..").check(emulator);
    }

    @Test
    void storeKnowsNothingOfHttp() {
        noClasses().that().resideInAPackage("..emulator.store..").should().dependOnClassesThat()
                .resideInAnyPackage("..emulator.http..", "..emulator.api..", "io.vertx..").check(emulator);
    }
}
