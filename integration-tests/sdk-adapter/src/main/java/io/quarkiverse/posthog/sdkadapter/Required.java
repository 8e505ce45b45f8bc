package io.quarkiverse.posthog.sdkadapter;

/** Checks the required fields of a request. */
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
