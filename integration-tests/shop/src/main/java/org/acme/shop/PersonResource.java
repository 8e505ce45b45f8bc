package org.acme.shop;

import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

@Path("/persons")
@Produces(MediaType.APPLICATION_JSON)
public class PersonResource {

    @Inject
    PostHog posthog;

    @GET
    public Multi<Person> list(@RestQuery String search, @RestQuery @DefaultValue("50") int limit) {
        return posthog.persons().list(PersonQuery.create().search(search).limit(limit));
    }

    @GET
    @Path("/{uuid}")
    public Uni<Person> get(UUID uuid) {
        return posthog.persons().get(uuid);
    }
}
