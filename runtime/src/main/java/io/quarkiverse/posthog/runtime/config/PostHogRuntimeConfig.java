package io.quarkiverse.posthog.runtime.config;

import java.util.Map;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;

/** The runtime configuration of PostHog accounts. */
@ConfigMapping(prefix = "quarkus.posthog")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogRuntimeConfig {

    /**
     * The PostHog accounts.
     */
    @WithParentName
    @WithDefaults
    @WithUnnamedKey(PostHogAccount.DEFAULT)
    @ConfigDocMapKey("account-name")
    Map<String, AccountConfig> accounts();
}
