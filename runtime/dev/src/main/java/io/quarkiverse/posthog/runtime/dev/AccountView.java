package io.quarkiverse.posthog.runtime.dev;

import java.util.Map;

/**
 * An account for the Dev UI. It contains whether keys are set, but not the keys.
 *
 * @param dropped the number of dropped events, by reason
 * @param pausedUntil the end of the current delay before a retry; null if there is none
 * @param lastFailure the failure of the last request; null if it succeeded
 * @param definitions the status of the flag definitions, in words
 */
public record AccountView(String name, boolean emulated, String host, String ingestionHost, String projectId,
        boolean projectKey, boolean personalKey, boolean secureKey, boolean optedOut, long queued, long queuedBytes,
        long accepted, long delivered, Map<String, Long> dropped, long requests, long retries, String pausedUntil,
        String lastFailure, String definitions) {
}
