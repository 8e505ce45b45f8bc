package io.quarkiverse.posthog.runtime.health;

import java.util.EnumSet;
import java.util.Set;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.posthog.runtime.ManagedAccounts;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig.Trouble;

/** Tells how the accounts that are in use stand, from what is known here. */
// No scope: it is a bean only where there are health checks
@Readiness
public class PostHogReadinessCheck implements HealthCheck {

    private final ManagedAccounts accounts;
    private final PostHogHealthConfig config;

    @Inject
    public PostHogReadinessCheck(ManagedAccounts accounts, PostHogHealthConfig config) {
        this.accounts = accounts;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("PostHog");
        Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
        accounts.running().forEach(account -> {
            AccountHealth health = AccountHealth.of(account);
            health.tell(response::withData);
            troubles.addAll(health.troubles());
        });
        troubles.retainAll(config.unreadyBy());
        return response.status(troubles.isEmpty()).build();
    }
}
