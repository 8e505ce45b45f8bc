package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Verifies messages for accounts without an emulator and for missing accounts. */
@QuarkusTest
@TestProfile(NoEmulatorTest.RealAccount.class)
class NoEmulatorTest {

    @Inject
    PostHogTestKit posthog;

    @Test
    void realAccountIsRejected() {
        assertThatThrownBy(() -> posthog.events()).isInstanceOf(IllegalStateException.class)
                .hasMessage("""
                        The test kit requires the emulator of a PostHog account, but account 'default' has none: \
                        it uses https://us.posthog.com. Dev Services start it for an account that has neither a key \
                        nor a host in tests; restrict the keys and hosts of real projects to production, such as \
                        %prod.quarkus.posthog.host, and set quarkus.posthog.devservices.enabled to true""");
    }

    @Test
    void missingAccountIsRejected() {
        assertThatThrownBy(() -> PostHogTestKit.of("sales").flags().set("new-checkout", true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account 'sales' has none: PostHog account 'sales' has no key")
                .hasMessageContaining("Usable accounts: default, marketing");
    }

    /** Real projects, to which nothing is sent; with hosts, since emulators of other profiles may still run. */
    public static class RealAccount implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.posthog.project-api-key", "phc_real",
                    "quarkus.posthog.host", "https://us.posthog.com",
                    "quarkus.posthog.\"marketing\".project-api-key", "phc_real",
                    "quarkus.posthog.\"marketing\".host", "https://us.posthog.com");
        }
    }
}
