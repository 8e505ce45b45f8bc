package io.quarkiverse.posthog.emulator.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The hosts under which the emulator can be reached: loopback hosts, and the configured ones. A web page can have its
 * own host name resolve to the loopback address; the name in the request reveals that.
 */
final class AllowedHosts {

    private static final Pattern ABSOLUTE_TARGET = Pattern.compile("https?://([^/?#]*)(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> configured;

    /** @throws IllegalArgumentException if one is not a host name or has a port */
    AllowedHosts(List<String> configured) {
        this.configured = configured.stream().map(String::trim).filter(host -> !host.isEmpty()).map(AllowedHosts::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String host(String text) {
        boolean ipv6 = text.chars().filter(c -> c == ':').count() > 1 && !text.startsWith("[");
        String host = ipv6 ? "[" + text + "]" : text;
        return Authority.parse(host).filter(authority -> host.endsWith("]") || !host.contains(":")).map(Authority::host)
                .orElseThrow(() -> new IllegalArgumentException("The PostHog emulator cannot be reached as '" + text
                        + "', because that is not the name of a host. List names such as emulator.test in"
                        + " 'devservices.allowed-hosts' of the account, or in --allowed-host of the standalone emulator,"
                        + " without a scheme, a port or a wildcard."));
    }

    /** Whether every host that the request names is allowed; a request has to name exactly one in its header. */
    boolean allow(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.HOST);
        return headers.size() == 1 && isAllowed(headers.get(0)) && allowsTarget(request.uri());
    }

    /** A target may be an absolute URL, whose host takes precedence over the header. */
    private boolean allowsTarget(String target) {
        if (target.startsWith("/") || target.equals("*")) {
            return true;
        }
        Matcher absolute = ABSOLUTE_TARGET.matcher(target);
        return absolute.matches() && isAllowed(absolute.group(1));
    }

    private boolean isAllowed(String authority) {
        return Authority.parse(authority).filter(a -> a.isLoopback() || configured.contains(a.host())).isPresent();
    }

    /** The host and port under which this request reached the emulator. */
    static Optional<Authority> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).flatMap(Authority::parse);
    }
}
