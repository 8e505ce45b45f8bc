package org.acme.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.smallrye.mutiny.Uni;

/** Captures events in all ways. */
@Path("/capture")
public class CaptureResource {

    @Inject
    PostHog posthog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    @PostHogAccount("v1")
    PostHog v1;

    @Inject
    @PostHogAccount("spooled")
    PostHog spooled;

    @Inject
    MarketEvents events;

    @GET
    @Path("/queued/{account}")
    public Optional<UUID> queued(String account) {
        return accounts.get(account).capture(basket("queued"));
    }

    @GET
    @Path("/immediate/{account}")
    public Uni<UUID> immediate(String account) {
        return accounts.get(account).captureImmediate(basket("immediate"));
    }

    private static CaptureEvent basket(String event) {
        return CaptureEvent.of(event, "zoe")
                .property("basket", new Basket(List.of(new Basket.Item("Lamp", new BigDecimal("45.00")))))
                .property("at", Instant.now()).property("payment", MarketEvents.Payment.CARD)
                .group("company", "acme").set(Map.of("plan", "pro"));
    }

    @GET
    @Path("/persons")
    public void persons() {
        posthog.identify("zoe", Map.of("email", "zoe@example.com"), Map.of("first seen", "market"));
        posthog.alias("visitor", "zoe");
        posthog.groupIdentify("company", "acme", Map.of("employees", 42));
        posthog.setPersonProperties("zoe", Map.of("plan", "pro"));
    }

    @GET
    @Path("/ai/{account}")
    public Uni<UUID> ai(String account) {
        return accounts.get(account).captureAiImmediate(CaptureEvent.of("$ai_generation", "zoe")
                .property("$ai_model", "large-model").property("$ai_input_tokens", 1200));
    }

    @GET
    @Path("/typed")
    public Uni<UUID> typed() {
        events.orderPlaced("zoe", new BigDecimal("45.00"), MarketEvents.Payment.CARD, Optional.of("SPRING"),
                List.of("Lamp"), "acme", Instant.now());
        return events.orderPaid("zoe", Map.of("Lamp", 1));
    }

    @GET
    @Path("/exception")
    public void exception() {
        throw new IllegalStateException("The market is closed");
    }
}
