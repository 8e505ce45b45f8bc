package org.acme.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;

/** A job whose behavior depends on a flag of each customer. */
@ApplicationScoped
public class Rollout {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    @Inject
    @PostHogFlag(value = "thorough", defaultValue = true)
    Flag thorough;

    /** @return whether the thorough variant was used */
    @ActivateRequestContext
    public boolean work(String customer) {
        context.identify(customer);
        posthog.capture(CaptureEvent.of("worked"));
        return thorough.isEnabled().await().indefinitely();
    }

    public long waiting() {
        return posthog.captureStatus().queued();
    }
}
