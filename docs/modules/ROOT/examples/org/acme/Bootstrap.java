package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagBootstrap;
import io.quarkiverse.posthog.flags.FlagContext;
import io.smallrye.mutiny.Uni;

public class Bootstrap {

    @Inject
    PostHog posthog;

    // tag::rest[]
    @GET
    @Path("/flags")
    public Uni<FlagBootstrap> flags() {
        FlagContext context = FlagContext.create().runtime(EvaluationRuntime.CLIENT); // <1>
        return posthog.evaluateFlags(context).map(flags -> flags.bootstrap(true)); // <2>
    }
    // end::rest[]
}
