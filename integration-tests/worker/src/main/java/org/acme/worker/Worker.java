package org.acme.worker;

import java.util.concurrent.ExecutorService;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.arc.Unremovable;

/** The worker of an application without an HTTP server. */
@ApplicationScoped
@Unremovable
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    @Inject
    PostHog posthog;

    @Inject
    ExecutorService executor;

    public void work() {
        executor.execute(() -> {
            throw new IllegalStateException("work failed");
        });
    }

    public void tryToWork() {
        try {
            throw new IllegalStateException("trying failed");
        } catch (IllegalStateException e) {
            posthog.captureException(e, "worker-1");
        }
    }

    public void complain() {
        LOG.error("It hurts", new IllegalStateException("complaint"));
    }
}
