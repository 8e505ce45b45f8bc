package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** What can't be opened or closed is refused with a message that says why. */
class OpenedAccountRefusalTest {

    private static final AccountSettings SETTINGS = AccountSettings.create().projectApiKey("phc_tenant");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"off\".active", "false");

    @Inject
    PostHogAccounts accounts;

    @AfterEach
    void close() {
        accounts.close("tenant");
    }

    @Test
    void nameThatIsOpen() {
        accounts.open("tenant", SETTINGS);

        refused("tenant", SETTINGS, "PostHog account 'tenant' is open already; choose another name, or get it with "
                + "get(\"tenant\")");
    }

    @Test
    void nameOfTheConfiguration() {
        refused("default", SETTINGS, "PostHog account 'default' is configured already");
        refused("off", SETTINGS, "PostHog account 'off' is configured already");
    }

    @Test
    void noName() {
        refused(" ", SETTINGS, "must not be blank");
        refused(null, SETTINGS, "must not be blank");
    }

    @Test
    void reservedName() {
        refused("retry", SETTINGS, "cannot be named 'retry'");
    }

    @Test
    void noKey() {
        refused("tenant", AccountSettings.create().projectApiKey(" "), "PostHog account 'tenant': the account has no "
                + "key; set the projectApiKey to capture events and evaluate flags, the personalApiKey to read and manage");
    }

    @Test
    void invalidHost() {
        refused("tenant", SETTINGS.host(URI.create("posthog.example.com")),
                "the host of PostHog account 'tenant' must be a URL");
    }

    @Test
    void rejectedAccountDoesNotExist() {
        refused("tenant", AccountSettings.create(), "the account has no key");

        assertThat(accounts.names()).containsExactly("default");
    }

    @Test
    void closingAnAccountOfTheConfiguration() {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.close("default"))
                .withMessage("PostHog account 'default' comes from the configuration and is closed with the application");
        assertThat(accounts.close(null)).isFalse();
        assertThat(accounts.close("never opened")).isFalse();
    }

    private void refused(String name, AccountSettings settings, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.open(name, settings)).withMessageContaining(message);
    }
}
