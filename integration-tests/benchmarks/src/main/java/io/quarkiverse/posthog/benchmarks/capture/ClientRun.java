package io.quarkiverse.posthog.benchmarks.capture;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.quarkiverse.posthog.PostHogAccounts;

/** A run with a library in its own process. The run and its result are passed as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
interface ClientRun {

    Object run(PostHogAccounts accounts) throws Exception;
}
