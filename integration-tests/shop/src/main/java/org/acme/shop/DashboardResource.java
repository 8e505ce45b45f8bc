package org.acme.shop;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

@Path("/dashboards")
@Produces(MediaType.APPLICATION_JSON)
public class DashboardResource {

    @Inject
    PostHog posthog;

    @GET
    public Multi<Dashboard> list() {
        return posthog.dashboards().list();
    }

    @GET
    @Path("/{id}")
    public Uni<Dashboard> get(long id) {
        return posthog.dashboards().get(id);
    }
}
