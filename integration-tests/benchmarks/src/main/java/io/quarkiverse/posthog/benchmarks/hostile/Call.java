package io.quarkiverse.posthog.benchmarks.hostile;

import java.time.Duration;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagSnapshot;

/** A call of the extension, for each kind of response. */
enum Call {

    CAPTURE {
        @Override
        String run(PostHog account) {
            return "acknowledged " + account.captureImmediate(CaptureEvent.of("order placed", "zoe")).await().atMost(TIMEOUT);
        }
    },
    CAPTURE_V1 {
        @Override
        String run(PostHog account) {
            return CAPTURE.run(account);
        }
    },
    FLAGS {
        @Override
        String run(PostHog account) {
            FlagSnapshot flags = account.evaluateFlags(FlagContext.of("zoe").onlyEvaluateRemotely()).await().atMost(TIMEOUT);
            return flags.errors().isEmpty() ? flags.keys().size() + " flags" : FAILED + flags.errors();
        }
    },
    DEFINITIONS {
        @Override
        String run(PostHog account) {
            FlagDefinitionsStatus status = account.reloadFlagDefinitions().await().atMost(TIMEOUT);
            return status.lastFailure().map(failure -> FAILED + failure).orElseGet(() -> status.flagCount() + " flags");
        }
    },
    LIST {
        @Override
        String run(PostHog account) {
            return account.persons().list().collect().with(Collectors.counting()).await().atMost(TIMEOUT)
                    + " persons";
        }
    },
    GET {
        @Override
        String run(PostHog account) {
            return "cohort " + account.cohorts().get(55).await().atMost(TIMEOUT).id();
        }
    },
    QUERY {
        @Override
        String run(PostHog account) {
            return account.query("select 1").await().atMost(TIMEOUT).rows().size() + " rows";
        }
    };

    /** The prefix of the result if a call reports a failure instead of throwing an exception. */
    static final String FAILED = "failed: ";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Returns the result as text, or throws the exception of the call. */
    abstract String run(PostHog account);
}
