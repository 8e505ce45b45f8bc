package io.quarkiverse.posthog.emulator;

import java.util.List;
import java.util.Objects;

/**
 * How to start an emulator.
 *
 * @param port where to listen, zero for any free port
 * @param projectApiKey the public token that events are sent with
 * @param personalApiKey the key of the private API
 * @param secureKey the key of the project for flag definitions and remote configuration
 * @param seed whether to begin with the data of a demo shop
 * @param projectId the id of the one project there is
 * @param allowedHosts the hosts under which the emulator can be reached, in addition to loopback hosts
 * @param maxStoredBytes the maximum memory of the data that the application sends
 * @param devUi the URL of the Dev UI, {@code null} if there is none
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

    /** Loopback hosts only, the default limit of memory, and no Dev UI. */
    public EmulatorOptions(int port, String projectApiKey, String personalApiKey, String secureKey, boolean seed,
            long projectId) {
        this(port, projectApiKey, personalApiKey, secureKey, seed, projectId, List.of(), DEFAULT_MAX_STORED_BYTES, null);
    }

    /** Any port, the default keys, no data, project 1. */
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

    /** Events, persons and groups may take most of the memory. */
    long maxDataBytes() {
        return maxStoredBytes - maxRequestBytes();
    }

    /** The log of requests has a copy of each event. */
    long maxRequestBytes() {
        return maxStoredBytes / 4;
    }
}
