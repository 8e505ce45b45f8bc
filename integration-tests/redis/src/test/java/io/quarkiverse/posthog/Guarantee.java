package io.quarkiverse.posthog;

/** Names the lines of {@code guarantees.properties} that a test holds the extension to. */
public @interface Guarantee {

    String[] value();
}
