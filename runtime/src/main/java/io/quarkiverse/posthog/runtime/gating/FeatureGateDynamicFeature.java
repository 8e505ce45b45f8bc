package io.quarkiverse.posthog.runtime.gating;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.runtime.StartupEvent;

/** Registers a filter for each endpoint with a gate. Other endpoints are not affected. */
// No scope: it is a bean only where there are gates
public class FeatureGateDynamicFeature implements DynamicFeature {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** After it is known who asks and what they may do. */
    static final int PRIORITY = Priorities.AUTHORIZATION + 1;

    private final GateRegistry gates;
    private final Instance<PostHogAccounts> accounts;
    private final GateLog log = new GateLog();

    @Inject
    public FeatureGateDynamicFeature(GateRegistry gates, Instance<PostHogAccounts> accounts) {
        this.gates = gates;
        this.accounts = accounts;
    }

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        // Not its Method, for which a native executable would need reflection
        ResteasyReactiveResourceInfo info = (ResteasyReactiveResourceInfo) endpoint;
        GateConfig gate = gates.of(info.getResourceClass(), info.getName(), info.getParameterTypes());
        if (gate != null) {
            // Endpoints are put together before there are accounts
            context.register(new FeatureGateFilter(gate, () -> accounts.get().get(gate.account()), log), PRIORITY);
        }
    }

    /** An endpoint that is there for everybody although it has a gate would be bad. */
    void check(@Observes StartupEvent event) {
        gates.unused().forEach(target -> LOG.warnf("@FeatureGate at %s does not apply to any endpoint and is ignored; put "
                + "it on a class or method of an endpoint, or remove it", target));
    }
}
