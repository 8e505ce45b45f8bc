package org.acme.shop;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.persons.Person;
import io.smallrye.mutiny.Multi;

@Path("/cohorts")
@Produces(MediaType.APPLICATION_JSON)
public class CohortResource {

    @Inject
    PostHog posthog;

    @GET
    public Multi<Cohort> list() {
        return posthog.cohorts().list();
    }

    @GET
    @Path("/{id}/persons")
    public Multi<Person> persons(long id) {
        return posthog.cohorts().persons(id);
    }
}
