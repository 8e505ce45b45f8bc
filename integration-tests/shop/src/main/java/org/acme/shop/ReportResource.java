package org.acme.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRow;
import io.smallrye.mutiny.Multi;

@Path("/report")
@Produces(MediaType.APPLICATION_JSON)
public class ReportResource {

    @Inject
    PostHog posthog;

    @GET
    @Path("/revenue")
    public Multi<Map<String, Object>> revenue(@RestQuery @DefaultValue("14") int days) {
        return rows("""
                select toDate(timestamp) as day, count() as orders, sum(toFloat(properties.amount)) as revenue
                from events
                where event = 'order placed' and timestamp >= {from}
                group by day
                order by day
                limit 100
                """, days);
    }

    @GET
    @Path("/top-events")
    public Multi<Map<String, Object>> topEvents(@RestQuery @DefaultValue("14") int days) {
        return rows("""
                select event, count() as total, count(distinct distinct_id) as customers
                from events
                where timestamp >= {from}
                group by event
                order by total desc
                limit 10
                """, days);
    }

    private Multi<Map<String, Object>> rows(String hogql, int days) {
        return posthog.queryRows(HogQLQuery.of(hogql).value("from", Instant.now().minus(Duration.ofDays(days))))
                .map(QueryRow::asMap);
    }
}
