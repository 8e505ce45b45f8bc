package io.quarkiverse.posthog.emulator.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import io.vertx.ext.web.RoutingContext;

/** Faults that are waiting for their requests; the oldest matching one applies. */
public final class Faults {

    private static final String KEY = Faults.class.getName();

    private final List<Armed> armed = new ArrayList<>();

    /** A fault and how many more requests it hits. */
    public static final class Armed {
        private final Fault fault;
        private int remaining;

        private Armed(Fault fault, int remaining) {
            this.fault = fault;
            this.remaining = remaining;
        }

        public Fault fault() {
            return fault;
        }

        public int remaining() {
            return remaining;
        }
    }

    public void add(Fault fault, int times) {
        armed.add(new Armed(fault, times));
    }

    public List<Armed> armed() {
        return armed;
    }

    public void clear() {
        armed.clear();
    }

    /** Lets the request run into its fault, or passes it on. */
    public void apply(RoutingContext context) {
        Optional<Fault> fault = take(context.request().method().name(), context.request().path());
        if (fault.isEmpty()) {
            context.next();
        } else if (fault.get().latencyMillis() > 0) {
            context.vertx().setTimer(fault.get().latencyMillis(), timer -> happen(context, fault.get()));
        } else {
            happen(context, fault.get());
        }
    }

    private Optional<Fault> take(String method, String path) {
        for (Iterator<Armed> candidates = armed.iterator(); candidates.hasNext();) {
            Armed candidate = candidates.next();
            if (candidate.fault.matches(method, path)) {
                if (--candidate.remaining == 0) {
                    candidates.remove();
                }
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    private static void happen(RoutingContext context, Fault fault) {
        if (fault.dropConnection()) {
            context.request().connection().close();
        } else if (fault.status() == null) {
            context.put(KEY, fault);
            context.next();
        } else {
            String body = fault.body() != null ? fault.body() : usualBody(fault, context.request().path());
            new EmulatorResponse(fault.status(), contentType(body), body, fault.headers()).send(context.response());
        }
    }

    /** Returns the fault of a request that gets a response, which may have other results. */
    public static Optional<Fault> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** An error as the path has it, nothing when the status is not an error. */
    private static String usualBody(Fault fault, String path) {
        if (fault.status() < 400) {
            return "";
        }
        if (path.startsWith(CaptureV1Error.ROOT)) {
            return CaptureV1Error.usual(fault.status()).response().body();
        }
        if (FlagsError.isUsualFor(path)) {
            return FlagsError.usual(fault.status()).response().body();
        }
        ApiException usual = switch (fault.status()) {
            case 401 -> ApiException.authenticationFailed("Personal API key found in request Authorization header is invalid.");
            case 403 -> ApiException.forbidden("You do not have permission to perform this action.");
            case 404 -> ApiException.notFound();
            case 429 -> ApiException.throttled(ApiRequest.integer(fault.headers().getOrDefault("Retry-After", "")).orElse(1));
            default -> ApiException.serverError();
        };
        return usual.response().body();
    }

    private static String contentType(String body) {
        return EmulatorJson.tryParse(body).isPresent() ? "application/json" : "text/plain; charset=utf-8";
    }
}
