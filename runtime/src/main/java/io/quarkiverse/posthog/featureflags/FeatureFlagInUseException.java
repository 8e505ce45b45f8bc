package io.quarkiverse.posthog.featureflags;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogValidationException;

/**
 * PostHog rejects the deletion of a feature flag because another flag, an experiment, an early access feature or session
 * replay depends on it. {@link #detail()} names the dependent object.
 */
public class FeatureFlagInUseException extends PostHogValidationException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public FeatureFlagInUseException(ApiError error) {
        super(error);
    }
}
