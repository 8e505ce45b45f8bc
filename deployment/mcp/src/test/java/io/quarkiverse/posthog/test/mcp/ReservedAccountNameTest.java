package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** With this extension, no account can be named like the prefix of its configuration. */
@Tag("AGT-15")
class ReservedAccountNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.mcp.project-api-key", "phc_mcp")
            .assertException(failure -> assertThat(failure).isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll("Invalid configuration key quarkus.posthog.", "cannot be named 'mcp'",
                            "choose another name"));

    @Test
    void isNotBuilt() {
        Assertions.fail("built with a reserved name");
    }
}
