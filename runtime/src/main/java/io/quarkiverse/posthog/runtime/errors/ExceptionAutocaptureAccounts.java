package io.quarkiverse.posthog.runtime.errors;

import java.util.List;

/** The accounts that capture exceptions automatically. */
public interface ExceptionAutocaptureAccounts {

    /** Returns the error tracking of each account. */
    List<ErrorTracking> errorTracking();
}
