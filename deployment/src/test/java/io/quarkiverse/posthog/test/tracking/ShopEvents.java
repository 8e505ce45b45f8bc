package io.quarkiverse.posthog.test.tracking;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.smallrye.mutiny.Uni;

/** A plan with every kind of parameter. It is not public. */
@TrackingPlan(description = "Events of the shop")
interface ShopEvents {

    @TrackedEvent(value = "order placed", description = "A customer paid | or chose an invoice")
    void orderPlaced(@DistinctId String customer, @EventProperty(value = "amount", description = "In euros") BigDecimal amount,
            Optional<String> coupon, @EventGroup("company") String company, @EventTimestamp Instant at);

    @TrackedEvent("product viewed")
    Optional<@Annotated UUID> productViewed(@Annotated String product);

    @TrackedEvent("account deleted")
    Uni<UUID> accountDeleted(@DistinctId String customer);

    @TrackedEvent("values sent")
    void valuesSent(@DistinctId String customer, boolean flag, char letter, long count, double ratio, Integer boxed,
            DayOfWeek day, UUID id, Instant time, List<String> tags, Map<String, Integer> sizes,
            @EventGroup("team") Optional<String> team);

    @TrackedEvent("cart shown")
    void cartShown(List<@Annotated Item> items, Item[] gifts, Set<DayOfWeek> days, Map<String, Item> byCode,
            @Annotated int[] ratings,
            Optional<Item> last, String... coupons);

    /** Is part of a type, as {@code @Nullable} and {@code @NotNull} can be. */
    @Target(ElementType.TYPE_USE)
    @interface Annotated {
    }

    /** Is not an event. */
    default void cartShown(Item item) {
        cartShown(List.of(item), new Item[] { item }, Set.of(DayOfWeek.MONDAY), Map.of("a", item), new int[] { 1, 2 },
                Optional.of(item), "SPRING", "VIP");
    }

    /** An item, whose method is not a component. */
    record Item(String product, int quantity, Price price, List<Instant> offered) {

        int total() {
            return quantity;
        }
    }

    record Price(BigDecimal amount, DayOfWeek until) {
    }

    static String name() {
        return "a static method is not an event";
    }
}
