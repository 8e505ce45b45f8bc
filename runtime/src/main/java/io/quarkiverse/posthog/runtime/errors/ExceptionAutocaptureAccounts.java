package io.quarkiverse.posthog.runtime.errors;

import java.util.List;

/** The accounts that capture exceptions automatically. */
public interface ExceptionAutocaptureAccounts {

    /** Their error tracking. */
    List<ErrorTracking> errorTracking();
}
