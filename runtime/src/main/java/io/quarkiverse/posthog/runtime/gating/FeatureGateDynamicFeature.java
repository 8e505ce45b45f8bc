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
// No scope: a bean only if the application has gates
public class FeatureGateDynamicFeature implements DynamicFeature {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** The priority of the filters, after authentication and authorization. */
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
        // Does not use the Method, which requires reflection in a native executable
        ResteasyReactiveResourceInfo info = (ResteasyReactiveResourceInfo) endpoint;
        GateConfig gate = gates.of(info.getResourceClass(), info.getName(), info.getParameterTypes());
        if (gate != null) {
            // Accounts do not exist yet when endpoints are configured
            context.register(new FeatureGateFilter(gate, () -> accounts.get().get(gate.account()), log), PRIORITY);
        }
    }

    /** Warns about gates without an effect, because the endpoint that they were meant for is available to all users. */
    void check(@Observes StartupEvent event) {
        gates.unused().forEach(target -> LOG.warnf("@FeatureGate at %s does not apply to any endpoint and is ignored; put "
                + "it on a class or method of an endpoint, or remove it", target));
    }
}
