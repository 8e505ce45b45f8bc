package io.quarkiverse.posthog.runtime.context;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.IdentityOrder;
import io.quarkiverse.posthog.runtime.support.LogText;
import io.quarkus.runtime.LaunchMode;

/**
 * Logs once, in dev mode only, that a tracing header names another person than the authenticated user: flags are then
 * evaluated for a person that the client chose.
 */
final class HeaderConflictLogger {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.context");

    /** Whether there is nothing to do, or nothing more. */
    private final AtomicBoolean done;

    private HeaderConflictLogger(boolean done) {
        this.done = new AtomicBoolean(done);
    }

    static HeaderConflictLogger of(PostHogContextConfig config) {
        return new HeaderConflictLogger(LaunchMode.current() != LaunchMode.DEVELOPMENT || !config.enabled()
                || !config.tracingHeaders() || config.identityOrder() != IdentityOrder.HEADERS_FIRST);
    }

    /** @param data the request, whose person may come from the header or from the application */
    void check(RequestData data, Supplier<HttpRequestInfo> http, CompositeIdentityResolver resolvers) {
        if (done.get() || data.distinctId() == null) {
            return;
        }
        HttpRequestInfo request = http.get();
        if (request == null || !data.distinctId().equals(TracingHeaders.distinctId(request))) {
            return;
        }
        String user = resolvers.resolve().map(PostHogIdentity::distinctId).orElse(data.distinctId());
        if (!user.equals(data.distinctId()) && done.compareAndSet(false, true)) {
            LOG.infof("The header %s names the person '%s', but the authenticated user is '%s'; events and feature flags of the"
                    + " request belong to the person of the header, which any client can choose; set"
                    + " quarkus.posthog.context.identity-order=identity-first to prefer the authenticated user, for example if flags"
                    + " restrict access; this is logged once, in dev mode only", TracingHeaders.DISTINCT_ID,
                    LogText.of(data.distinctId()), LogText.of(user));
        }
    }
}
