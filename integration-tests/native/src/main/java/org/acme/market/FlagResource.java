package org.acme.market;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Evaluates flags in all ways. */
@Path("/flags")
public class FlagResource {

    /** The payload of the flag {@code free-shipping}. */
    @RegisterForReflection
    public record Shipping(int from) {
    }

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("local")
    PostHog local;

    @Inject
    @PostHogFlag("new-checkout")
    Flag newCheckout;

    @GET
    @Path("/remote")
    public Uni<Integer> remote() {
        return posthog.evaluateFlags(context()).map(FlagResource::shipping);
    }

    @GET
    @Path("/local")
    public Uni<Integer> local() {
        return local.reloadFlagDefinitions().map(loaded -> shipping(local.evaluateFlagsLocally(context())));
    }

    private static FlagContext context() {
        return FlagContext.of("zoe").personProperty("country", "DE");
    }

    private static int shipping(FlagSnapshot flags) {
        return flags.payload("free-shipping", Shipping.class).map(Shipping::from).orElse(-1);
    }

    @GET
    @Path("/all")
    public Uni<Map<String, FlagValue>> all() {
        return posthog.getAllFlags("zoe");
    }

    @GET
    @Path("/injected")
    public Uni<Boolean> injected() {
        return newCheckout.isEnabled();
    }

    @GET
    @Path("/gated")
    @FeatureGate("no-such-flag")
    public String gated() {
        return "open";
    }

    @GET
    @Path("/openfeature")
    public Uni<Integer> openFeature() {
        return Uni.createFrom().item(() -> OpenFeatureAPI.getInstance().getClient()
                .getObjectValue("free-shipping", new Value(), new ImmutableContext("zoe", Map.of("country", new Value("DE"))))
                .isNull() ? 0 : 1)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
