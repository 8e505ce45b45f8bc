package org.acme;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.smallrye.mutiny.Uni;

public class Evaluations {

    private static final Logger LOG = Logger.getLogger(Evaluations.class);

    @Inject
    PostHog posthog;

    // tag::snapshot[]
    Uni<Page> checkout(String customer) {
        return posthog.evaluateFlags(customer).map(flags -> { // <1>
            boolean wrapping = flags.isEnabled("gift-wrapping", true); // <2>
            String layout = flags.variant("checkout").orElse("control"); // <3>
            Teaser teaser = flags.payload("teaser", Teaser.class).orElse(Teaser.NONE); // <4>
            posthog.capture(CaptureEvent.of("checkout shown", customer).flags(flags.onlyAccessed())); // <5>
            return new Page(wrapping, layout, teaser);
        });
    }
    // end::snapshot[]

    Uni<FlagSnapshot> context(String customer) {
        // tag::context[]
        FlagContext context = FlagContext.of(customer)
                .group("company", "acme")
                .personProperty("plan", "pro") // <1>
                .groupProperty("company", "employees", 42)
                .flagKeys("checkout", "gift-wrapping"); // <2>
        return posthog.evaluateFlags(context);
        // end::context[]
    }

    void single(String customer) {
        // tag::single[]
        Uni<Boolean> enabled = posthog.isFeatureEnabled("gift-wrapping", customer, true);
        Uni<Teaser> teaser = posthog.getFeatureFlagPayload("teaser", customer, Teaser.class);
        // end::single[]
        Uni.combine().all().unis(enabled, teaser).asTuple().subscribe().with(LOG::info);
    }

    boolean local(String customer) {
        // tag::local[]
        return posthog.evaluateFlagsLocally(FlagContext.of(customer).personProperty("plan", "pro").flagKeys("checkout"))
                .isEnabled("checkout");
        // end::local[]
    }

    void unresolved(FlagSnapshot flags) {
        // tag::unresolved[]
        flags.unresolvedFlags().forEach((key, reason) -> LOG.warnf("Flag %s has no value: %s", key, reason.code()));
        // end::unresolved[]
    }

    void typed(FlagSnapshot flags) {
        // tag::typed[]
        int limit = flags.getIntegerValue("upload-limit", 10); // <1>
        FlagDetails<String> copy = flags.getStringDetails("banner-copy", "Welcome"); // <2>
        // end::typed[]
        LOG.infof("%s %s %s", limit, copy.value(), copy.reason());
    }

    // tag::overrides[]
    @GET
    @Path("/offers")
    public Uni<List<String>> offers() {
        posthog.flagOverrides().setPersonProperties(Map.of("plan", "pro")); // <1>
        return posthog.isFeatureEnabled("offers", customer()).map(enabled -> enabled ? List.of("lamp") : List.of());
    }
    // end::overrides[]

    // tag::changed[]
    void changed(@ObservesAsync FlagDefinitionsChangedEvent changed) {
        LOG.infof("Flags of account %s have changed: %s", changed.account(), changed.changedKeys());
    }
    // end::changed[]

    // tag::testing[]
    void checkoutForAllCustomers() {
        FeatureFlag flag = posthog.featureFlags().create(NewFeatureFlag.of("checkout") // <1>
                .rollout(100)
                .filters(FlagFilters.create().variant("control", 0).variant("short", 100)))
                .await().indefinitely();

        String layout = posthog.evaluateFlags("zoe").await().indefinitely().variant("checkout").orElse("none"); // <2>

        posthog.featureFlags().delete(flag.id()).await().indefinitely();
        LOG.info(layout); // short
    }
    // end::testing[]

    private String customer() {
        return "zoe";
    }

    public record Page(boolean wrapping, String layout, Teaser teaser) {
    }

    public record Teaser(String text) {

        static final Teaser NONE = new Teaser("");
    }
}
