package io.quarkiverse.posthog.runtime.check;

import java.net.URI;
import java.util.Arrays;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/** Checks whether a host responds, with the results of the requests to it. */
final class HostCheck {

    private final String account;
    private final CheckId id;
    private final URI host;
    private final String key;

    private HostCheck(String account, CheckId id, URI host, String key) {
        this.account = account;
        this.id = id;
        this.host = host;
        this.key = AccountNames.key(account, key);
    }

    static HostCheck api(ResolvedAccountConfig account) {
        return new HostCheck(account.name(), CheckId.API_HOST, account.api(), "host");
    }

    static HostCheck ingestion(ResolvedAccountConfig account) {
        return new HostCheck(account.name(), CheckId.INGESTION_HOST, account.ingestion(),
                account.api().equals(account.ingestion()) ? "host" : "ingestion-host");
    }

    /**
     * Returns the result of the check.
     *
     * @param results the results of requests, of which the first one that was sent is used
     */
    Check check(ProbeResult<?>... results) {
        return Arrays.stream(results).filter(ProbeResult::isSent).findFirst()
                .map(result -> hasResponse(result) ? responded(result) : unreachable(result.failure()))
                .orElseGet(() -> CheckResults.skipped(id, "not checked, because the account has no key for it"));
    }

    /** Returns whether PostHog responded, even if it rejected the request. A 404 must have PostHog's error format. */
    static boolean hasResponse(ProbeResult<?> result) {
        return result.isSuccess() || result.failure() instanceof PostHogApiException api
                && (api.status() != 404 || api.type().isPresent());
    }

    private Check responded(ProbeResult<?> result) {
        if (result.errorStatus().orElse(0) >= 500) {
            return CheckResults.warning(id,
                    host + " reports a problem: " + ConnectionFailureClassifier.message(result.failure()),
                    "wait and try again; https://status.posthog.com reports outages of PostHog Cloud");
        }
        return CheckResults.ok(id, host + " responds within " + result.duration().toMillis() + " ms");
    }

    private Check unreachable(Throwable failure) {
        String reason = ConnectionFailureClassifier.message(failure);
        return switch (ConnectionFailureClassifier.kind(failure)) {
            case NAME -> CheckResults.failed(id, "the name " + host.getHost() + " could not be resolved: " + reason,
                    "check the spelling of " + key + ", and the DNS configuration of this machine");
            case CONNECTION -> CheckResults.failed(id, "no connection to " + host + ": " + reason,
                    "check " + key + " and the firewall; if connections need a proxy, set "
                            + AccountNames.key(account, "proxy-configuration-name"));
            case TLS -> CheckResults.failed(id, "no TLS connection to " + host + ": " + reason,
                    "if the server has a private certificate, trust it in a TLS configuration and set "
                            + AccountNames.key(account, "tls-configuration-name")
                            + "; if the server does not support TLS, use http:// in "
                            + key);
            case TIMEOUT -> CheckResults.failed(id, "no response from " + host + ": " + reason,
                    "check " + key + " and the network path to the host, such as a proxy");
            case BROKEN -> CheckResults.failed(id, host + " closed the connection without a response: " + reason,
                    "check " + key + " and the network path to the host, such as a proxy");
            case NOT_POSTHOG -> CheckResults.failed(id, host + " responds, but not like PostHog: " + reason,
                    "check " + key + ": it may not be the URL of PostHog");
        };
    }
}
