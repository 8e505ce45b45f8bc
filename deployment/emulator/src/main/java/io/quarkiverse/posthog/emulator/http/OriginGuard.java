package io.quarkiverse.posthog.emulator.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Rejects requests from web pages of other origins before they have any effect. Pages of loopback origins,
 * which are applications under development, may send events and evaluate flags.
 * <p>
 * Browsers omit {@code RequestOrigin} from some requests that a page can cause without reading the response, such as those for
 * images; {@code Sec-Fetch-Site} reveals them. Programs other than browsers send neither.
 */
public final class OriginGuard implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(OriginGuard.class);

    /** The page that other pages may link to: reading it has no effect. */
    private static final String START_PAGE = "/";
    private static final String REQUESTED_METHOD = "Access-Control-Request-Method";
    private static final String REQUESTED_HEADERS = "Access-Control-Request-Headers";
    /** The values for requests from the emulator's own page or from the user. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final int MAX_LOGGED = 100;

    private final AllowedHosts hosts;
    private final Set<String> openPaths;
    private final Set<Rejection> logged = EnumSet.noneOf(Rejection.class);

    private enum Rejection {

        HOST("Host", "This host is neither a loopback host nor an allowed host. To allow it, list it in"
                + " 'devservices.allowed-hosts' of the account, or in --allowed-host of the standalone emulator."),
        ORIGIN("Origin", "Web pages of other origins can only send events and evaluate flags, and only if their origin is"
                + " a loopback host. Open the address in a new tab, or use a program other than a browser.");

        private final String header;
        private final String explanation;

        Rejection(String header, String explanation) {
            this.header = header;
            this.explanation = explanation;
        }
    }

    /**
     * @param openPaths the paths that applications in a browser use, without a slash at the end; only {@code POST} is open
     * @param allowedHosts the hosts under which the emulator can be reached, in addition to loopback hosts
     * @throws IllegalArgumentException if an allowed host is not a host name or has a port
     */
    public OriginGuard(Set<String> openPaths, List<String> allowedHosts) {
        this.openPaths = openPaths;
        this.hosts = new AllowedHosts(allowedHosts);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> origins = request.headers().getAll("Origin");
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        if (!hosts.allow(request)) {
            reject(context, Rejection.HOST);
        } else if (origins.isEmpty() ? isHarmless(context)
                : origin(origins).filter(origin -> origin.isServerOf(request)).isPresent()) {
            context.response().putHeader("Cross-Origin-Resource-Policy", "same-origin");
            context.next();
        } else if (isOpen(context) && origin(origins).filter(RequestOrigin::isLoopback).isPresent()) {
            share(context, origins.get(0));
        } else {
            reject(context, Rejection.ORIGIN);
        }
    }

    private static Optional<RequestOrigin> origin(List<String> headers) {
        return headers.size() == 1 ? RequestOrigin.parse(headers.get(0)) : Optional.empty();
    }

    private static boolean isHarmless(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean own = OWN_SITES.containsAll(request.headers().getAll("Sec-Fetch-Site"));
        boolean link = request.method() == HttpMethod.GET && START_PAGE.equals(context.normalizedPath())
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        return own || link;
    }

    private boolean isOpen(RoutingContext context) {
        HttpMethod method = context.request().method();
        return (method == HttpMethod.POST || isPreflight(context.request()))
                && openPaths.contains(context.normalizedPath().replaceFirst("/$", ""));
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS && request.headers().contains(REQUESTED_METHOD);
    }

    /** Lets the page read the response, by the CORS protocol. */
    private static void share(RoutingContext context, String origin) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        // Some clients for browsers send credentials, of which the emulator has none
        response.putHeader("Access-Control-Allow-Origin", origin).putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Vary", "Origin");
        if (isPreflight(request)) {
            response.putHeader("Access-Control-Allow-Methods", HttpMethod.POST.name());
            Optional.ofNullable(request.getHeader(REQUESTED_HEADERS))
                    .ifPresent(headers -> response.putHeader("Access-Control-Allow-Headers", headers));
            EmulatorResponse.empty(204).send(response);
        } else {
            response.putHeader("Access-Control-Expose-Headers", "Date, Retry-After, PostHog-Request-Id");
            context.next();
        }
    }

    private void reject(RoutingContext context, Rejection rejection) {
        if (logged.add(rejection)) {
            LOG.warnf("The PostHog emulator rejected a request to %s with %s: %s. %s Further ones are rejected silently.",
                    printable(context.request().path()), rejection.header,
                    printable(context.request().getHeader(rejection.header)), rejection.explanation);
        }
        ApiException.forbidden(rejection.explanation).response().send(context.response());
    }

    /** The text comes from a web page and must not control a terminal. */
    private static String printable(String text) {
        String printable = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= MAX_LOGGED ? printable : printable.substring(0, MAX_LOGGED) + "...";
    }
}
