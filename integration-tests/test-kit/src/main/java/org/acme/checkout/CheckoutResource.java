package org.acme.checkout;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.ResponseStatus;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.mutiny.Uni;

/** Accepts orders with the old or the new checkout, depending on a flag. */
@Path("/checkout")
public class CheckoutResource {

    /** An order. */
    public record Order(String customer, String company, BigDecimal amount) {
    }

    /** The result of an order. */
    public record Confirmation(String checkout, BigDecimal discount) {
    }

    @Inject
    PostHog posthog;

    @POST
    @ResponseStatus(201)
    public Uni<Confirmation> buy(Order order) {
        return posthog.evaluateFlags(order.customer()).map(flags -> {
            BigDecimal discount = flags.payload("discount", Discount.class).map(Discount::percent)
                    .orElse(BigDecimal.ZERO);
            String checkout = flags.isEnabled("new-checkout") ? "new" : "old";
            posthog.capture(CaptureEvent.of("purchase", order.customer())
                    .property("amount", order.amount()).property("checkout", checkout)
                    .group("company", order.company())
                    .set(Map.of("customer", true)));
            return new Confirmation(checkout, discount);
        });
    }

    /** The payload of the flag {@code discount}. */
    record Discount(BigDecimal percent) {
    }
}
