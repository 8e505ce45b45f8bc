package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** Looking up what is not there says why, and what there is. */
class AccountLookupFailureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"off\".project-api-key", "phc_off")
            .overrideConfigKey("quarkus.posthog.\"off\".active", "false");

    @Inject
    PostHogAccounts accounts;

    @Test
    void ofAnUnknownAccount() {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("other"))
                .withMessageStartingWith("PostHog account 'other' has no key: set "
                        + "quarkus.posthog.\"other\".project-api-key to capture events and evaluate flags, "
                        + "quarkus.posthog.\"other\".personal-api-key to read and manage, or both. "
                        + "Usable accounts: default. See https://");
        assertThat(accounts.find("other")).isEmpty();
    }

    @Test
    void ofAnInactiveAccount() {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("off"))
                .withMessageStartingWith("PostHog account 'off' is inactive, because quarkus.posthog.\"off\".active is "
                        + "false. Usable accounts: default. See https://");
        assertThat(accounts.find("off")).isEmpty();
        assertThat(accounts.names()).containsExactly("default");
    }

    @Test
    void withoutAName() {
        String problem = "the name of a PostHog account must not be blank; to use the default account, omit the qualifier";

        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get(null)).withMessage(problem);
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("")).withMessage(problem);
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get(" ")).withMessage(problem);
        assertThat(accounts.find(null)).isEmpty();
        assertThat(accounts.find("")).isEmpty();
    }

    @Test
    void underAReservedName() {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("retry"))
                .withMessageContainingAll("cannot be named 'retry'", "choose another name");
    }
}
