package io.quarkiverse.posthog.emulator.http;

import java.util.Locale;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

/** The origin of the web page that sends a request, from the header of that name. */
record RequestOrigin(String scheme, Authority authority) {

    private static final String HTTP = "http";

    /** An origin that is not a web page of a host, such as {@code null}, a file or an extension, is absent. */
    static Optional<RequestOrigin> parse(String text) {
        int end = text.indexOf("://");
        String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
        return scheme.equals(HTTP) || scheme.equals("https")
                ? Authority.parse(text.substring(end + 3)).map(authority -> new RequestOrigin(scheme, authority))
                : Optional.empty();
    }

    boolean isLoopback() {
        return authority.isLoopback();
    }

    /** Whether the page comes from the emulator itself, which speaks plain HTTP only. */
    boolean isServerOf(HttpServerRequest request) {
        return scheme.equals(HTTP) && AllowedHosts.of(request).filter(authority::equals).isPresent();
    }
}
