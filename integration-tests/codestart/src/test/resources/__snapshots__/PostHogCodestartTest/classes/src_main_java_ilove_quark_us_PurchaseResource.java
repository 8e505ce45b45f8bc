package ilove.quark.us;

import java.math.BigDecimal;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.mutiny.Uni;

@Path("/purchases")
public class PurchaseResource {

    public record Purchase(String customer, BigDecimal amount) {
    }

    public record Receipt(BigDecimal amount, boolean freeShipping) {
    }

    @Inject
    PostHog posthog;

    @POST
    public Uni<Receipt> buy(Purchase purchase) {
        return posthog.isFeatureEnabled("free-shipping", purchase.customer(), false).map(freeShipping -> {
            posthog.capture(CaptureEvent.of("purchase", purchase.customer())
                    .property("amount", purchase.amount())
                    .property("free_shipping", freeShipping));
            return new Receipt(purchase.amount(), freeShipping);
        });
    }
}
