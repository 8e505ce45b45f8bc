package org.acme.market;

import java.math.BigDecimal;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The value of an event property. */
@RegisterForReflection
public record Basket(List<Item> items) {

    /** A part of the value. */
    @RegisterForReflection
    public record Item(String product, BigDecimal price) {
    }
}
