package io.quarkiverse.posthog.runtime.dev;

import java.util.Map;

/**
 * An account as the Dev UI shows it. Of keys it tells only whether they are there.
 *
 * @param dropped how many events were dropped, by reason
 * @param pausedUntil until when nothing is sent; null when sending
 * @param lastFailure what the last request failed with; null when it succeeded
 * @param definitions how the definitions of flags stand, in words
 */
public record AccountView(String name, boolean emulated, String host, String ingestionHost, String projectId,
        boolean projectKey, boolean personalKey, boolean secureKey, boolean optedOut, long queued, long queuedBytes,
        long accepted, long delivered, Map<String, Long> dropped, long requests, long retries, String pausedUntil,
        String lastFailure, String definitions) {
}
