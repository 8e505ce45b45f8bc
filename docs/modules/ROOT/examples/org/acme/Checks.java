package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.CheckStatus;
import io.smallrye.mutiny.Uni;

@Path("/posthog")
public class Checks {

    private static final Logger LOG = Logger.getLogger(Checks.class);

    @Inject
    PostHog posthog;

    // tag::report[]
    @GET
    public Uni<CheckReport> report() {
        return posthog.check(); // <1>
    }
    // end::report[]

    // tag::summary[]
    Uni<Boolean> isReady() {
        return posthog.check()
                .invoke(report -> LOG.info(report.summary())) // <1>
                .map(report -> report.isHealthy() // <2>
                        && report.check(CheckId.PROJECT_API_KEY).status() == CheckStatus.OK); // <3>
    }
    // end::summary[]
}
