package org.acme;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestStreamElementType;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.PropertyOperator;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventOrder;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.InsightType;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.query.QueryRow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

@Path("/reading")
public class Reading {

    @Inject
    PostHog posthog;

    // tag::events[]
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Event> purchases() {
        return posthog.events().list(EventQuery.create()
                .event("purchase")
                .property(PropertyFilter.event("amount", PropertyOperator.GT, 100))
                .after(Instant.now().minus(30, ChronoUnit.DAYS))
                .order(EventOrder.ASCENDING));
    }
    // end::events[]

    // tag::page[]
    public Uni<Page<Person>> secondPage() {
        return posthog.persons().page(PersonQuery.create().search("@acme.com").limit(50).offset(50));
    }
    // end::page[]

    // tag::first[]
    public Multi<Person> newestThree() {
        return posthog.persons().list().select().first(3); // <1>
    }
    // end::first[]

    // tag::insights[]
    public Multi<Insight> funnels() {
        return posthog.insights().list(InsightQuery.create().type(InsightType.FUNNELS).saved(true));
    }

    public Uni<Insight> fresh(String shortId) {
        return posthog.insights().get(shortId, QueryRefresh.BLOCKING);
    }
    // end::insights[]

    // tag::dashboards[]
    public Uni<Integer> tiles(long dashboardId) {
        return posthog.dashboards().get(dashboardId).map(Dashboard::tiles).map(tiles -> tiles.size());
    }
    // end::dashboards[]

    // tag::cohorts[]
    public Multi<String> names(long cohortId) {
        return posthog.cohorts().persons(cohortId).map(Person::name);
    }
    // end::cohorts[]

    // tag::hogql[]
    public Multi<QueryRow> topEvents() {
        return posthog.queryRows(HogQLQuery.of("""
                select event, count() as total
                from events
                where timestamp >= {from}
                group by event
                order by total desc
                limit 10
                """)
                .value("from", Instant.now().minus(7, ChronoUnit.DAYS)));
    }
    // end::hogql[]

    // tag::records[]
    public record Purchase(UUID uuid, String distinctId, // <1>
            BigDecimal amount, // <2>
            String coupon, // <3>
            Instant timestamp) {
    }

    public Multi<Purchase> latestPurchases() {
        return posthog.queryAs("""
                select uuid, distinct_id, properties.amount as amount, properties.coupon as coupon, timestamp
                from events
                where event = 'purchase'
                order by timestamp desc
                limit 100
                """, Purchase.class);
    }
    // end::records[]
}
