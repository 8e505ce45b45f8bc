package io.quarkiverse.posthog.tracking;

/** The type of a property in a {@link TrackingPlan}. The first four are the types of PostHog's property definitions. */
public enum PropertyType {

    /** {@code String}, {@code char}, {@code java.util.UUID}, {@code java.net.URI} and enums. */
    STRING("String"),

    /** Primitive numbers, their wrapper classes, {@code BigDecimal} and {@code BigInteger}. */
    NUMERIC("Numeric"),

    /** {@code boolean} and {@code Boolean}. */
    BOOLEAN("Boolean"),

    /** {@code Instant}, {@code OffsetDateTime} and {@code ZonedDateTime}. */
    DATETIME("DateTime"),

    /**
     * {@code Collection}, {@code List}, {@code Set} and arrays of all these types, except {@code byte[]} and {@code char[]}.
     * PostHog does not define a type for them.
     */
    LIST("List"),

    /**
     * Records whose components have these types, and {@code Map} of strings to these types. PostHog does not define a type for
     * them.
     */
    OBJECT("Object");

    private final String title;

    PropertyType(String title) {
        this.title = title;
    }

    /** Returns the name that PostHog uses in property definitions, such as {@code Numeric}. */
    public String title() {
        return title;
    }

    /** Returns whether PostHog has this type in its property definitions. */
    public boolean isDefinedByPostHog() {
        return this != LIST && this != OBJECT;
    }
}
