package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkus.test.QuarkusUnitTest;

/** A class that was compiled without {@code -parameters} does not contain the names of the properties. */
class UnnamedParametersTest {

    private static final String PLAN = """
            package org.acme;

            import io.quarkiverse.posthog.tracking.*;

            @TrackingPlan
            public interface Unnamed {

                @TrackedEvent("named")
                void named(@DistinctId String person, @EventProperty("size") int size);

                @TrackedEvent("unnamed")
                void unnamed(@DistinctId String person, int size);
            }
            """;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class)
                    .add(new ByteArrayAsset(compiledWithoutParameters()), "org/acme/Unnamed.class"))
            .assertException(failure -> assertThat(failure).hasMessageContaining(
                    "Invalid tracking plan: org.acme.Unnamed#unnamed: parameter 2 has no name, because the class was compiled "
                            + "without -parameters; set maven.compiler.parameters=true, or name the property with "
                            + "@EventProperty(\"name\")")
                    .hasMessageNotContaining("#named"));

    private static byte[] compiledWithoutParameters() {
        try {
            Path directory = Files.createTempDirectory("unnamed");
            Path source = Files.writeString(directory.resolve("Unnamed.java"), PLAN);
            String classPath = Path.of(TrackedEvent.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .toString();
            int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", classPath, "-d",
                    directory.toString(), source.toString());
            assertThat(status).isZero();
            return Files.readAllBytes(directory.resolve("org/acme/Unnamed.class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("PLAN-5")
    void areNotBuilt() {
        Assertions.fail("built without the names of properties");
    }
}
