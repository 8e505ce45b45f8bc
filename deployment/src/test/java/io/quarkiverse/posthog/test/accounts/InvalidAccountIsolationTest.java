package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;

/** An invalid account that is not injected stops neither the application nor another account. */
class InvalidAccountIsolationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"broken\".host", "posthog.example.com")
            .overrideConfigKey("quarkus.posthog.\"broken\".project-api-key", "phc_broken")
            .setLogRecordPredicate(record -> record.getMessage() != null && record.getMessage().contains("is invalid"))
            .assertLogRecords(records -> assertThat(records).extracting(record -> List.of(record.getParameters()).toString())
                    .singleElement().asString().contains("broken", "quarkus.posthog.\"broken\".host must be a URL"));

    @Inject
    PostHog posthog;

    @Inject
    @Any
    InjectableInstance<PostHog> all;

    @Inject
    PostHogAccounts accounts;

    @Test
    void otherAccountWorks() {
        PostHogStub.reset().register(accepted());

        assertThat(capture(posthog)).isNotNull();
        assertThat(accounts.names()).containsExactly("default");
        assertThat(all.listActive()).extracting(PostHog::account).containsExactly("default");
        assertThat(accounts.open("opened", AccountSettings.create().projectApiKey("phc_opened")).account())
                .isEqualTo("opened");
        assertThat(accounts.close("opened")).isTrue();
    }

    @Test
    void lookupOfAnUnknownAccountDoesNotComplainAboutTheInvalidOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("other"))
                .withMessageContainingAll("PostHog account 'other' has no key", "Usable accounts: default.");
    }

    @Test
    void lookupOfTheInvalidAccountSaysWhatIsWrong() {
        String problem = "quarkus.posthog.\"broken\".host must be a URL";

        assertThatIllegalArgumentException().isThrownBy(() -> accounts.get("broken")).withMessageContaining(problem);
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.find("broken")).withMessageContaining(problem);
    }

    @Test
    void nameOfTheInvalidAccountIsTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts.open("broken", AccountSettings.create().projectApiKey("phc_opened")))
                .withMessageContaining("PostHog account 'broken' is configured already");
    }
}
