package io.quarkiverse.posthog.emulator.flags;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.vertx.core.MultiMap;

/** Where flags are evaluated: a flag may be for clients only, or for servers only. */
enum FlagRuntime {
    ALL,
    CLIENT,
    SERVER;

    private static final Pattern BROWSERS = Pattern.compile("Mozilla/|Chrome/|Safari/|Firefox/|Edge/");
    private static final Pattern SERVERS = Pattern
            .compile("^posthog-(python|ruby|php|java|go|node|dotnet|elixir)/|python-requests/|curl/");
    private static final Pattern APPS = Pattern.compile("^posthog-(android|ios|react-native|flutter)/");

    /** Any other value means both. */
    static FlagRuntime of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "client" -> CLIENT;
            case "server" -> SERVER;
            default -> ALL;
        };
    }

    /** A guess, for requests that do not say it themselves; null when there is nothing to go by. */
    static FlagRuntime of(MultiMap headers) {
        String agent = headers.contains("User-Agent") ? headers.get("User-Agent") : "";
        if (BROWSERS.matcher(agent).find()) {
            return CLIENT;
        } else if (SERVERS.matcher(agent).find()) {
            return SERVER;
        }
        boolean browser = Stream.of("Origin", "Referer", "Sec-Fetch-Mode", "Sec-Fetch-Site").anyMatch(headers::contains);
        return browser || APPS.matcher(agent).find() ? CLIENT : null;
    }

    /** Whether a flag with this runtime is evaluated for a request from another. */
    boolean isFor(FlagRuntime request) {
        return this == ALL || request == ALL || this == request;
    }
}
