package io.quarkiverse.posthog.runtime.health;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig.ReadinessCondition;

/** Reports the health of the accounts in use. Sends requests only if keys are verified. */
// No scope: a bean, and then a singleton, only if the application has health checks
@Readiness
public class PostHogReadinessCheck implements HealthCheck {

    private final AccountRegistry accounts;
    private final PostHogHealthConfig config;
    private final KeyVerification keys;

    @Inject
    public PostHogReadinessCheck(AccountRegistry accounts, PostHogHealthConfig config) {
        this.accounts = accounts;
        this.config = config;
        this.keys = new KeyVerification(config.verifyKeysInterval());
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("PostHog");
        Set<ReadinessCondition> problems = EnumSet.noneOf(ReadinessCondition.class);
        List<PostHogClient> inUse = accounts.inUse();
        Map<String, CheckReport> verified = config.verifyKeys() ? keys.verified(inUse) : Map.of();
        inUse.forEach(account -> {
            AccountHealth health = AccountHealth.of(account, verified.get(account.settings().name()));
            health.addTo(response::withData);
            problems.addAll(health.problems());
        });
        problems.retainAll(config.failOn());
        return response.status(problems.isEmpty()).build();
    }
}
