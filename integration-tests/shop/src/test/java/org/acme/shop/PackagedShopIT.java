package org.acme.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;

/** Verifies the content of the application that is built for production. */
class PackagedShopIT {

    private static final Path LIBRARIES = Path.of("target/quarkus-app/lib/main");

    private static final String RUNTIME = "io/quarkiverse/posthog/runtime/";

    @Test
    void extensionIsPackagedWithoutDevModeClasses() throws IOException {
        assumeTrue(Files.isDirectory(LIBRARIES), "packaged as a jar");

        List<String> classes = classes(extension());

        assertThat(classes).contains(RUNTIME + "check/AccountChecker.class");
        assertThat(classes).noneMatch(name -> name.startsWith(RUNTIME + "dev/"));
    }

    @Test
    void emulatorDevUiAndTestKitAreNotPackaged() throws IOException {
        assumeTrue(Files.isDirectory(LIBRARIES), "packaged as a jar");

        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.contains("posthog-deployment") || name.contains("posthog-test")
                            || name.contains("quarkus-devui"));
        }
    }

    @Test
    void theBuildWritesTheTrackingPlan() throws IOException {
        assertThat(Files.readString(Path.of("target/quarkus-posthog/tracking-plan.json"))).contains("\"order placed\"",
                "\"org.acme.shop.ShopEvents#orderPlaced\"");
        assertThat(Path.of("target/quarkus-posthog/tracking-plan.adoc")).content().contains("A customer placed an order");
    }

    private static Path extension() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("io.quarkiverse.posthog.quarkus-posthog-"))
                    .findFirst().orElseThrow();
        }
    }

    private static List<String> classes(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")).toList();
        }
    }
}
