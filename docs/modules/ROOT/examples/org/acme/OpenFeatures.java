package org.acme;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.logging.Logger;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkus.scheduler.Scheduled;

public class OpenFeatures {

    private static final Logger LOG = Logger.getLogger(OpenFeatures.class);

    // tag::evaluate[]
    @Path("/checkout")
    public static class CheckoutResource {

        private final Client features = OpenFeatureAPI.getInstance().getClient(); // <1>

        @GET
        public String checkout() {
            return features.getStringValue("checkout", "control"); // <2>
        }
    }
    // end::evaluate[]

    void domain(String customer) {
        // tag::domain[]
        Client work = OpenFeatureAPI.getInstance().getClient("work");
        boolean enabled = work.getBooleanValue("gift-wrapping", false, new ImmutableContext(customer));
        // end::domain[]
        LOG.info(enabled);
    }

    EvaluationContext context(String customer) {
        // tag::context[]
        EvaluationContext context = new MutableContext(customer) // <1>
                .add("plan", "pro") // <2>
                .add("groups", Structure.mapToStructure(Map.of("company", "acme"))) // <3>
                .add("groupProperties", Structure.mapToStructure(Map.of("company", Map.of("employees", 42)))) // <4>
                .add("deviceId", "a3f1"); // <5>
        // end::context[]
        return context;
    }

    void details(Client features, EvaluationContext context) {
        // tag::details[]
        FlagEvaluationDetails<Value> details = features.getObjectDetails("teaser", new Value(), context);
        if (details.getErrorCode() != null) {
            LOG.warnf("%s: %s", details.getErrorCode(), details.getErrorMessage());
        }
        // end::details[]
    }

    void events(Client features) {
        // tag::events[]
        features.onProviderConfigurationChanged(event -> reload(event.getFlagsChanged()));
        features.onProviderStale(event -> LOG.warn(event.getMessage()));
        // end::events[]
    }

    void track(Client features, EvaluationContext context) {
        // tag::track[]
        features.track("purchase", context, new MutableTrackingEventDetails(49.99).add("currency", "EUR"));
        // end::track[]
    }

    // tag::tenant[]
    @ApplicationScoped
    public static class TenantFeatures {

        @Inject
        PostHogAccounts accounts;

        private final Map<String, PostHogProvider> providers = new ConcurrentHashMap<>();

        public Client of(String tenant, AccountSettings settings) {
            providers.computeIfAbsent(tenant, name -> {
                PostHogProvider provider = new PostHogProvider(accounts.getOrOpen(name, () -> settings));
                OpenFeatureAPI.getInstance().setProviderAndWait(name, provider); // <1>
                return provider;
            });
            return OpenFeatureAPI.getInstance().getClient(tenant);
        }

        void changed(@ObservesAsync FlagDefinitionsChangedEvent changed) {
            providers.values().forEach(provider -> provider.definitionsChanged(changed)); // <2>
        }

        @Scheduled(every = "30s")
        void refresh() {
            providers.values().forEach(PostHogProvider::refreshState); // <3>
        }
    }
    // end::tenant[]

    private static void reload(List<String> flags) {
        LOG.info(flags);
    }
}
