package io.quarkiverse.posthog.runtime.gating;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response.Status;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.smallrye.mutiny.Uni;

/** Rejects requests to an endpoint whose gate is closed. */
final class FeatureGateFilter implements ContainerRequestFilter {

    private static final ServerRestHandler[] NOTHING = new ServerRestHandler[0];

    private final GateConfig gate;
    private final Supplier<PostHog> postHog;
    private final GateLog log;
    private final FlagContext currentUser;

    FeatureGateFilter(GateConfig gate, Supplier<PostHog> postHog, GateLog log) {
        this.gate = gate;
        this.log = log;
        this.postHog = postHog;
        this.currentUser = FlagContext.create().flagKeys(gate.flag());
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ResteasyReactiveContainerRequestContext rest = (ResteasyReactiveContainerRequestContext) context;
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) rest.getServerRequestContext();
        Uni<Boolean> open = postHog.get().evaluateFlags(currentUser).map(this::isOpen);
        // Continues immediately if the flag is evaluated locally
        request.suspend();
        open.subscribe().with(isOpen -> proceed(request, isOpen), failure -> request.resume(failure, true));
    }

    private boolean isOpen(FlagSnapshot flags) {
        boolean open = gate.isOpen(flags);
        if (!open) {
            log.closed(gate, flags);
        }
        return open;
    }

    private void proceed(ResteasyReactiveRequestContext request, boolean open) {
        if (open) {
            request.resume();
        } else if (gate.status() == Status.NOT_FOUND.getStatusCode()) {
            respondNotFound(request);
        } else {
            request.resume(new WebApplicationException(gate.status()), true);
        }
    }

    /**
     * Responds like Quarkus REST if there is no endpoint: passes the request on, unless an exception mapper handles this case.
     */
    private static void respondNotFound(ResteasyReactiveRequestContext request) {
        boolean mapped = request.getProviders().getExceptionMapper(NotFoundException.class) != null;
        if (mapped && !request.getDeployment().isServletPresent()) {
            request.setAbortHandlerChain(request.getDeployment().getAbortHandlerChain());
            request.resume(new NotFoundException(), false);
            return;
        }
        request.restart(NOTHING);
        Executor context = request.getContextExecutor();
        if (context == null) {
            request.resumeExternalProcessing();
        } else {
            context.execute(request::resumeExternalProcessing);
        }
        request.resume();
    }
}
