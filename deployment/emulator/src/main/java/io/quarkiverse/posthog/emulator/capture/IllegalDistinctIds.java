package io.quarkiverse.posthog.emulator.capture;

import java.util.Locale;
import java.util.Set;

/** Distinct IDs that PostHog does not accept: they do not create persons and are not merged. */
public final class IllegalDistinctIds {

    private static final Set<String> KNOWN = Set.of("0", "00000000-0000-0000-0000-000000000000", "[object object]",
            "anonymous", "anonymous-user", "backend", "distinct_id", "distinctid", "email", "false", "guest", "id", "nan",
            "none", "not_authenticated", "null", "system", "true", "undefined", "user");

    private IllegalDistinctIds() {
    }

    public static boolean contains(String distinctId) {
        return KNOWN.contains(distinctId.trim().toLowerCase(Locale.ROOT));
    }
}
