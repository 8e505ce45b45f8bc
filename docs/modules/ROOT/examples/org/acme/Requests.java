package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.flags.FlagContext;
import io.smallrye.mutiny.Uni;

public class Requests {

    @Inject
    PostHog posthog;

    // tag::current-user[]
    @POST
    @Path("/orders")
    public Uni<String> order() {
        posthog.capture(CaptureEvent.of("order placed")); // <1>
        return posthog.isFeatureEnabled("gift-wrapping", FlagContext.create()) // <2>
                .map(wrapping -> wrapping ? "wrapped" : "plain");
    }
    // end::current-user[]

    // tag::identify[]
    @Inject
    PostHogContext context;

    void login(Customer customer) {
        context.identify(customer.id()); // <1>
        context.addGroup("company", customer.company()); // <2>
        context.addProperty("sales_channel", "phone"); // <3>
    }
    // end::identify[]

    // tag::resolver[]
    @ApplicationScoped
    public static class ApiKeyIdentity implements PostHogIdentityResolver {

        @Inject
        HttpHeaders headers;

        @Override
        public Optional<PostHogIdentity> resolve() {
            return Optional.ofNullable(headers.getHeaderString("X-Partner"))
                    .map(partner -> PostHogIdentity.of(partner).group("company", partner));
        }
    }
    // end::resolver[]

    record Customer(String id, String company) {
    }
}
