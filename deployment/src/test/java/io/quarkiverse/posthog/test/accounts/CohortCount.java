package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.read;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;

/** What the application of {@link LiveReloadTest} does. */
@Path("/")
public class CohortCount {

    @Inject
    PostHog posthog;

    @GET
    @Path("read")
    public Uni<String> read() {
        return posthog.cohorts().page(CohortQuery.create()).map(page -> "" + page.total().orElseThrow());
    }

    /** Begins to read without waiting for the end. */
    @GET
    @Path("begin")
    public String begin() {
        posthog.cohorts().page(CohortQuery.create()).subscribe().with(page -> {
        }, failure -> Log.info(failure.getMessage()));
        return posthog.toString();
    }
}
