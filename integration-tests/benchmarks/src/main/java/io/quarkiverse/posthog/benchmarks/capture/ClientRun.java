package io.quarkiverse.posthog.benchmarks.capture;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.quarkiverse.posthog.PostHogAccounts;

/** What a process of its own does with a library. Handed to it as JSON, as is what it finds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
interface ClientRun {

    Object run(PostHogAccounts accounts) throws Exception;
}
