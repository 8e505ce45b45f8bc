package org.acme.shop;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.InsightType;
import io.smallrye.mutiny.Multi;

@Path("/insights")
@Produces(MediaType.APPLICATION_JSON)
public class InsightResource {

    @Inject
    PostHog posthog;

    @GET
    public Multi<Insight> list(@RestQuery InsightType type) {
        return posthog.insights().list(InsightQuery.create().type(type));
    }
}
