package org.acme.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A product of the shop, with its price in euros. */
public record Product(String name, BigDecimal price) {

    static final List<Product> ALL = List.of(
            new Product("Mug", new BigDecimal("12.50")),
            new Product("Notebook", new BigDecimal("7.90")),
            new Product("Backpack", new BigDecimal("89.00")),
            new Product("Lamp", new BigDecimal("45.00")),
            new Product("Poster", new BigDecimal("19.99")));

    static Optional<Product> byName(String name) {
        return ALL.stream().filter(product -> product.name().equals(name)).findFirst();
    }
}
