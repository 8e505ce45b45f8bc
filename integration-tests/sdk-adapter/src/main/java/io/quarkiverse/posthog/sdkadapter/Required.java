package io.quarkiverse.posthog.sdkadapter;

/** What a request can't do without. */
final class Required {

    private Required() {
    }

    static <T> T required(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
