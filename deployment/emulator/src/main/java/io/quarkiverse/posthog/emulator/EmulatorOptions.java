package io.quarkiverse.posthog.emulator;

import java.util.List;
import java.util.Objects;

/**
 * The settings of an emulator.
 *
 * @param port the port to listen on, zero for a free port
 * @param projectApiKey the project token, for events and flag evaluation
 * @param personalApiKey the personal API key, for the private API
 * @param secureKey the feature flags secure API key, for flag definitions and remote configuration
 * @param seed whether to start with the demo shop
 * @param projectId the ID of the project
 * @param allowedHosts the hosts under which the emulator can be reached, in addition to loopback hosts
 * @param maxStoredBytes the maximum memory for the data that clients send
 * @param devUi the URL of the Dev UI, {@code null} if not available
 */
public record EmulatorOptions(int port, String projectApiKey, String personalApiKey, String secureKey, boolean seed,
        long projectId, List<String> allowedHosts, long maxStoredBytes, String devUi) {

    private static final long DEFAULT_MAX_STORED_BYTES = 256L * 1024 * 1024;

    public EmulatorOptions {
        Objects.requireNonNull(projectApiKey, "projectApiKey");
        Objects.requireNonNull(personalApiKey, "personalApiKey");
        Objects.requireNonNull(secureKey, "secureKey");
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** Creates options for loopback hosts only, with the default memory limit and without a Dev UI. */
    public EmulatorOptions(int port, String projectApiKey, String personalApiKey, String secureKey, boolean seed,
            long projectId) {
        this(port, projectApiKey, personalApiKey, secureKey, seed, projectId, List.of(), DEFAULT_MAX_STORED_BYTES, null);
    }

    /** Returns options for a free port, the default keys, an empty project and the project ID 1. */
    public static EmulatorOptions defaults() {
        return new EmulatorOptions(0, "phc_emulator", "phx_emulator", "phs_emulator", false, 1);
    }

    public EmulatorOptions withAllowedHosts(List<String> hosts) {
        return new EmulatorOptions(port, projectApiKey, personalApiKey, secureKey, seed, projectId, hosts, maxStoredBytes,
                devUi);
    }

    public EmulatorOptions withMaxStoredBytes(long bytes) {
        return new EmulatorOptions(port, projectApiKey, personalApiKey, secureKey, seed, projectId, allowedHosts, bytes,
                devUi);
    }

    public EmulatorOptions withDevUi(String url) {
        return new EmulatorOptions(port, projectApiKey, personalApiKey, secureKey, seed, projectId, allowedHosts,
                maxStoredBytes, url);
    }

    /** Returns the part of the memory for events, persons and groups. */
    long maxDataBytes() {
        return maxStoredBytes - maxRequestBytes();
    }

    /** Returns the part of the memory for recorded requests, which contain a copy of each event. */
    long maxRequestBytes() {
        return maxStoredBytes / 4;
    }
}
