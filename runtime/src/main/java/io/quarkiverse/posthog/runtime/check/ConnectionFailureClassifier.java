package io.quarkiverse.posthog.runtime.check;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;

/** Determines why a host could not be reached. */
final class ConnectionFailureClassifier {

    /** On which way to the host it failed. */
    enum Kind {
        /** There is no such name. */
        NAME,
        /** Nobody listens there, or may not be reached. */
        CONNECTION,
        /** Somebody listens, but they did not agree on how to encrypt. */
        TLS,
        /** Connected, but there was no answer in time. */
        TIMEOUT,
        /** The connection ended without an answer. */
        BROKEN,
        /** There was an answer, but PostHog does not answer like that. */
        NOT_POSTHOG
    }

    /** Exceptions may cause each other in a circle. */
    private static final int MAX_CAUSES = 100;

    private ConnectionFailureClassifier() {
    }

    static Kind kind(Throwable failure) {
        // A certificate that is not trusted and a name that is not known are connections that failed, too
        if (has(failure, SSLException.class, CertificateException.class)) {
            return Kind.TLS;
        }
        if (has(failure, UnknownHostException.class)) {
            return Kind.NAME;
        }
        if (has(failure, ConnectException.class, NoRouteToHostException.class)) {
            return Kind.CONNECTION;
        }
        if (has(failure, TimeoutException.class, io.smallrye.mutiny.TimeoutException.class)) {
            return Kind.TIMEOUT;
        }
        return failure instanceof PostHogConnectionException ? Kind.BROKEN : Kind.NOT_POSTHOG;
    }

    @SafeVarargs
    private static boolean has(Throwable failure, Class<? extends Throwable>... types) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES)
                .anyMatch(cause -> Stream.of(types).anyMatch(type -> type.isInstance(cause)));
    }

    /** What a failure says, without who asked for what: that is known here. */
    static String message(Throwable failure) {
        if (failure instanceof PostHogApiException api) {
            return "status " + api.status() + api.detail().filter(detail -> !detail.isBlank()).map(detail -> ": " + detail)
                    .orElse("");
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : message(failure.getMessage());
    }

    static String message(String message) {
        return message.replaceFirst("^PostHog account '[^']*', [^:]*: ", "");
    }
}
