package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.EnvConfigSource;

/** Environment variables of the running application configure accounts whose names they can't spell. */
class EnvironmentAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = withoutAccounts()
            .withApplicationRoot(root -> root.addClasses(Applications.class, Variables.class)
                    .addAsServiceProvider(ConfigSource.class, Variables.class))
            .overrideConfigKey("quarkus.posthog.file-shop.project-api-key", "phc_file");

    @Inject
    @PostHogAccount("My-Shop.eu")
    PostHog injected;

    @Inject
    PostHogAccounts accounts;

    @Test
    @Tag("CFG-3")
    void injectedAccountStarts() {
        assertThat(injected.toString()).contains("http://localhost:1");
    }

    @Test
    @Tag("CFG-3")
    void environmentPrecedesFiles() {
        assertThat(accounts.get("file-shop").toString()).contains("http://localhost:2");
    }

    @Test
    @Tag("CFG-2")
    void noOtherAccountAppears() {
        assertThat(accounts.names()).containsExactly("My-Shop.eu", "file-shop", "looked-up");
    }

    @Test
    @Tag("CFG-3")
    void accountIsFoundWithTheNameThatTheCodeUses() {
        assertThat(accounts.get("Looked.Up").toString()).contains("http://localhost:3");
    }

    /** As the environment of a container, which the build does not have. */
    public static class Variables extends EnvConfigSource {

        private static final long serialVersionUID = 1L;

        private static final Map<String, String> VARIABLES = Map.of(
                "QUARKUS_POSTHOG__MY_SHOP_EU__PROJECT_API_KEY", "phc_env",
                "QUARKUS_POSTHOG__MY_SHOP_EU__HOST", "http://localhost:1",
                "QUARKUS_POSTHOG__FILE_SHOP__HOST", "http://localhost:2",
                "QUARKUS_POSTHOG__LOOKED_UP__PROJECT_API_KEY", "phc_looked_up",
                "QUARKUS_POSTHOG_LOOKED_UP_HOST", "http://localhost:3");

        public Variables() {
            super(Variables.class.getClassLoader().getName().contains("Runtime") ? VARIABLES : Map.of(), 300);
        }
    }
}
