package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** Settings of the functions do not become accounts. */
@Tag("AGT-15")
class ReservedAccountNameAtRunTimeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled()
            .overrideConfigKey("quarkus.posthog.\"work\".project-id", "2")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"work\".write", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.wrk.write", "deny")
            .setLogRecordPredicate(record -> record.getLoggerName().endsWith("FunctionExecutorFactory"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("has no effect")));

    @Inject
    PostHogAccounts accounts;

    @Test
    void onlyAccountsAreAccounts() {
        assertThat(accounts.names()).containsExactlyInAnyOrder("default", "work");
        assertThat(accounts.find("mcp")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts.open("mcp", AccountSettings.create().projectApiKey("phc_x")))
                .withMessageContaining("cannot be named 'mcp'");
    }
}
