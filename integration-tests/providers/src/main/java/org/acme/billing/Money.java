package org.acme.billing;

/** An amount of money, which is text in JSON. */
public final class Money {

    private final int cents;

    public Money(int cents) {
        this.cents = cents;
    }

    @Override
    public String toString() {
        return cents / 100 + "." + cents % 100 + " EUR";
    }
}
