package io.quarkiverse.posthog.runtime.check;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.runtime.support.Causes;

/** Determines why a host could not be reached. */
final class ConnectionFailureClassifier {

    /** The reason why a host could not be reached. */
    enum Kind {
        /** The host name could not be resolved. */
        NAME,
        /** The connection could not be established. */
        CONNECTION,
        /** The TLS handshake failed. */
        TLS,
        /** There was no response in time. */
        TIMEOUT,
        /** The connection was closed without a response. */
        BROKEN,
        /** The response was not PostHog's. */
        NOT_POSTHOG
    }

    private ConnectionFailureClassifier() {
    }

    static Kind kind(Throwable failure) {
        // Before connection failures, which also include untrusted certificates and host names that could not be resolved
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
        return Causes.of(failure).stream().anyMatch(cause -> Stream.of(types).anyMatch(type -> type.isInstance(cause)));
    }

    /** Returns the message of a failure, without the account and the operation, which the report already contains. */
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
