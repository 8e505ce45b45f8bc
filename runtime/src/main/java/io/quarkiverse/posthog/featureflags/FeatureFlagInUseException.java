package io.quarkiverse.posthog.featureflags;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogValidationException;

/**
 * PostHog refuses to delete a feature flag because something depends on it: another flag, an experiment, an early access
 * feature, or session replay. {@link #detail()} says what.
 */
public class FeatureFlagInUseException extends PostHogValidationException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public FeatureFlagInUseException(ApiError error) {
        super(error);
    }
}
