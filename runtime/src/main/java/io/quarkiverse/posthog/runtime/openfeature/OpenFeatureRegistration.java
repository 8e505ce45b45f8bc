package io.quarkiverse.posthog.runtime.openfeature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.FlagsConfig;
import io.quarkiverse.posthog.runtime.config.PostHogOpenFeatureConfig;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/**
 * Registers the configured accounts with the OpenFeature API: the default account as the default provider, and a named account
 * as the provider for the domain of its name. The API is shared by the whole JVM, so the providers are deregistered when the
 * application stops.
 */
// No scope: a bean only if OpenFeature is present
public class OpenFeatureRegistration {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final PostHogAccounts accounts;
    private final PostHogRuntimeConfig config;
    private final PostHogOpenFeatureConfig openFeature;
    private final Vertx vertx;
    /** The registered providers. Flag definitions can change during the registration. */
    private final Map<String, PostHogProvider> providers = new ConcurrentHashMap<>();
    private final List<Long> timers = new ArrayList<>();

    @Inject
    public OpenFeatureRegistration(PostHogAccounts accounts, PostHogRuntimeConfig config,
            PostHogOpenFeatureConfig openFeature, Vertx vertx) {
        this.accounts = accounts;
        this.config = config;
        this.openFeature = openFeature;
        this.vertx = vertx;
    }

    /** Runs before beans of the application, which may evaluate flags at startup or set their own providers. */
    void register(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        if (openFeature.enabled()) {
            accounts.names().forEach(this::register);
        }
    }

    private void register(String account) {
        FeatureProvider other = otherProvider(account);
        if (other != null) {
            LOG.infof("PostHog account '%s' is not registered with OpenFeature, which already has the provider '%s'",
                    account, other.getMetadata().getName());
            return;
        }
        FlagsConfig flags = config.accounts().get(account).flags();
        try {
            PostHog postHog = accounts.get(account);
            PostHogProvider provider = new PostHogProvider(postHog, flags.timeout());
            set(account, provider);
            providers.put(account, provider);
            if (postHog.flagDefinitionsStatus().enabled()) {
                long interval = Math.max(1, flags.definitions().pollInterval().toMillis());
                timers.add(vertx.setPeriodic(interval, id -> provider.refreshState()));
            }
        } catch (RuntimeException e) {
            // Does not prevent the application from starting, because it may not use this account
            LOG.warnf("PostHog account '%s' is not registered with OpenFeature: %s", account, e.getMessage());
        }
    }

    void changed(@ObservesAsync FlagDefinitionsChangedEvent changed) {
        PostHogProvider provider = providers.get(changed.account());
        if (provider != null) {
            provider.definitionsChanged(changed);
        }
    }

    void deregister(@Observes ShutdownEvent event) {
        timers.forEach(vertx::cancelTimer);
        providers.forEach((account, provider) -> {
            // The application may have replaced the provider
            if (provider(account) == provider) {
                set(account, new NoOpProvider());
            }
        });
    }

    /** Returns the provider of the application that is registered for the account; null if there is none. */
    private static FeatureProvider otherProvider(String account) {
        FeatureProvider provider = provider(account);
        boolean isNone = provider instanceof NoOpProvider
                || provider.getMetadata().getName().equals(PostHogProvider.NAME)
                // A domain without its own provider uses the default provider
                || !AccountNames.isDefault(account) && provider == provider(PostHogAccount.DEFAULT);
        return isNone ? null : provider;
    }

    private static FeatureProvider provider(String account) {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        return AccountNames.isDefault(account) ? api.getProvider() : api.getProvider(account);
    }

    private static void set(String account, FeatureProvider provider) {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        if (AccountNames.isDefault(account)) {
            api.setProviderAndWait(provider);
        } else {
            api.setProviderAndWait(account, provider);
        }
    }
}
