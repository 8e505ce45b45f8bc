package org.acme.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.ResponseStatus;

import io.quarkiverse.posthog.PostHogAccount;
import io.smallrye.mutiny.Uni;

@Path("/purchases")
public class PurchaseResource {

    private static final String CURRENCY = "EUR";

    @Inject
    ShopEvents shop;

    @Inject
    @PostHogAccount("marketing")
    ShopEvents marketing;

    public record Order(String customer, List<Item> items) {
    }

    public record Item(String product, int quantity) {

        BigDecimal price() {
            return Product.byName(product)
                    .orElseThrow(() -> new IllegalArgumentException("There is no product '" + product + "'"))
                    .price().multiply(BigDecimal.valueOf(quantity));
        }
    }

    public record Receipt(UUID event, BigDecimal amount, String currency) {
    }

    @POST
    @ResponseStatus(201)
    public Uni<Receipt> buy(Order order) {
        if (order == null || order.items() == null || order.items().isEmpty()) {
            throw new IllegalArgumentException("An order needs at least one item");
        }
        if (order.customer() == null || order.customer().isBlank()) {
            throw new IllegalArgumentException("An order needs a customer");
        }
        BigDecimal amount = order.items().stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
        marketing.orderPlaced(order.customer(), amount, CURRENCY, order.items());
        return shop.orderPlacedAcknowledged(order.customer(), amount, CURRENCY, order.items())
                .map(uuid -> new Receipt(uuid, amount, CURRENCY));
    }
}
