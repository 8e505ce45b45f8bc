package io.quarkiverse.posthog.runtime.accounts;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.FlagEvaluations;
import io.quarkiverse.posthog.runtime.flags.RequestFlagOverrides;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.RestClients;

/** Creates clients of accounts with each key, whose REST clients and object mapper are created by the test. */
final class TestClients {

    private TestClients() {
    }

    static PostHogClient client(ManualBackground background, Supplier<RestClients> clients, Supplier<ObjectMapper> values) {
        ApiExecutor calls = new ApiExecutor(TestAccounts.account("project-api-key", "phc_test", "personal-api-key", "phx_test",
                "retry.max-retries", "0", "flags.max-retries", "0", "capture.compression", "none", "capture.shutdown-timeout",
                "0"), clients, values, background, AccountMetrics.NONE);
        CapturePipeline capture = CapturePipeline.of(calls, background, List::of, List::of, () -> null, () -> RequestData.NONE,
                "1.2.3");
        FlagEvaluations flags = new FlagEvaluations(calls, capture, FlagDefinitionsSource.NONE,
                RequestFlagOverrides.of("default"), () -> RequestData.NONE, Clock.systemUTC());
        return new PostHogClient(calls, capture, flags, new ErrorTracking(calls.account(), capture, Set.of()));
    }
}
