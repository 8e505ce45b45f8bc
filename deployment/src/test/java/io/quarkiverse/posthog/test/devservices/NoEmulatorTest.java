package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** An account with a key or a host is the user's own; one whose Dev Service is off gets nothing. */
class NoEmulatorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.devservices.enabled", "false")
            .overrideConfigKey("quarkus.posthog.\"capture-only\".project-api-key", "phc_mine")
            .overrideConfigKey("quarkus.posthog.\"reader\".personal-api-key", "phx_mine")
            .overrideConfigKey("quarkus.posthog.\"definitions-only\".feature-flags-secure-api-key", "phs_mine")
            .overrideConfigKey("quarkus.posthog.\"self-hosted\".host", "http://localhost:1")
            .overrideConfigKey("quarkus.posthog.\"emulated\".devservices.seed", "false")
            .setLogRecordPredicate(record -> record.getMessage().contains("is emulated at"))
            .assertLogRecords(records -> assertThat(records).hasSize(1)
                    .allSatisfy(record -> assertThat(record.getParameters()[0]).isEqualTo("emulated")));

    @Inject
    PostHogAccounts accounts;

    @Test
    void onlyTheAccountWithoutKeyAndHostIsEmulated() {
        assertThat(accounts.names()).containsExactly("capture-only", "emulated", "reader");
        assertThat(accounts.get("reader").toString()).contains("https://us.posthog.com");
        assertThat(accounts.get("emulated").toString()).contains("http://localhost");
    }
}
