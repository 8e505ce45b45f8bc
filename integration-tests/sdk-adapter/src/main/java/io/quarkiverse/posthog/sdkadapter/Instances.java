package io.quarkiverse.posthog.sdkadapter;

import static io.quarkiverse.posthog.sdkadapter.Required.required;

import java.net.URI;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;

/**
 * The instances of the SDK: one account for each running test.
 * <p>
 * A test is identified by an ID, which its requests contain as a header. The ID is null if tests run sequentially.
 */
@ApplicationScoped
public class Instances {

    private static final String ACCOUNT = "adapter";

    @Inject
    PostHogAccounts accounts;

    @Inject
    AdapterConfig config;

    @Inject
    RequestLog requests;

    void init(String testId, InitRequest request) {
        reset(testId);
        String account = account(testId);
        accounts.open(account, settings(testId, request));
        requests.begin(account);
    }

    PostHog get(String testId) {
        return accounts.find(account(testId)).orElseThrow(() -> new ClientErrorException(
                "There is no instance yet" + (testId == null ? "" : " for the test '" + testId + "'") + ": POST /init first",
                Response.Status.CONFLICT));
    }

    List<State.Request> requests(String testId) {
        return requests.of(account(testId));
    }

    /** Removes the instance and its queue. */
    void reset(String testId) {
        String account = account(testId);
        requests.end(account);
        accounts.close(account);
    }

    private static String account(String testId) {
        return testId == null ? ACCOUNT : ACCOUNT + "-" + testId;
    }

    private AccountSettings settings(String testId, InitRequest request) {
        AccountSettings settings = AccountSettings.create()
                .projectApiKey(required("api_key", request.apiKey()))
                .host(URI.create(required("host", request.host())))
                .set("capture.protocol", config.protocol().setting())
                .set("capture.compression", (request.enableCompression() ? config.encoding() : Encoding.NONE).setting())
                .set("capture.shutdown-timeout", "0s");
        settings = set(settings, "headers.X-Test-Id", testId);
        settings = set(settings, "capture.flush-at", request.flushAt());
        settings = set(settings, "capture.flush-interval", milliseconds(request.flushIntervalMs()));
        settings = set(settings, "capture.retry.max-retries", request.maxRetries());
        settings = set(settings, "capture.geoip", not(request.disableGeoip()));
        return set(settings, "capture.historical-migration", request.historicalMigration());
    }

    private static AccountSettings set(AccountSettings settings, String property, Object value) {
        return value == null ? settings : settings.set(property, value.toString());
    }

    private static String milliseconds(Integer value) {
        return value == null ? null : value + "ms";
    }

    private static Boolean not(Boolean value) {
        return value == null ? null : !value;
    }
}
