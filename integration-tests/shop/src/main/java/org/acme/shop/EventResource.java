package org.acme.shop;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.common.util.RestMediaType;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.smallrye.mutiny.Multi;

@Path("/events")
public class EventResource {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Inject
    PostHog posthog;

    @GET
    @Produces(RestMediaType.APPLICATION_NDJSON)
    public Multi<Event> lines(@RestQuery @DefaultValue("24") int hours, @RestQuery String name, @RestQuery Integer limit) {
        return posthog.events().list(last(hours, name, limit));
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Event> serverSentEvents(@RestQuery @DefaultValue("24") int hours, @RestQuery String name,
            @RestQuery Integer limit) {
        return lines(hours, name, limit);
    }

    /** Polls the newest events. Clients detect duplicates by the ID. */
    @GET
    @Path("/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Event> live(@RestQuery @DefaultValue("30") int limit) {
        return Multi.createFrom().ticks().every(PAUSE)
                .onOverflow().drop()
                .onItem().transformToMultiAndConcatenate(tick -> posthog.events().list(last(24, null, limit)));
    }

    static EventQuery last(int hours, String name, Integer limit) {
        EventQuery query = EventQuery.create().event(name).after(Instant.now().minus(Duration.ofHours(hours)));
        return limit == null ? query : query.limit(limit);
    }
}
