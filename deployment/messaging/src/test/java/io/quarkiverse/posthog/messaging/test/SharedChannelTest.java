package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Two accounts with the same channel, whose events could not be told apart. */
class SharedChannelTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.capture.channel", "captured")
            .overrideConfigKey("quarkus.posthog.\"work\".capture.channel", "captured")
            .assertException(failure -> assertThat(failure).hasMessageContaining("same capture.channel 'captured'")
                    .hasMessageContaining("'work'"));

    @Test
    void theBuildFails() {
        fail("The application started");
    }
}
