package io.quarkiverse.posthog.runtime.capture.event;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SamplingConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SamplingConfig.SampleBy;

/** Keeps a part of the events, and records on each how large a part: as PostHog's browser library does. */
public final class Sampler {

    /** These say who persons and groups are: leaving one out would make the others wrong. */
    private static final Set<String> ALWAYS = Set.of("$identify", "$create_alias", "$merge_dangerously", "$groupidentify",
            "$set");

    private final double rate;
    private final SampleBy by;
    private final Map<String, Object> record;

    public Sampler(SamplingConfig config) {
        this.rate = config.rate();
        this.by = config.by();
        this.record = Map.of(
                "$sample_type", List.of(by == SampleBy.EVENT ? "sampleByEvent" : "sampleByDistinctId"),
                "$sample_threshold", rate);
    }

    /** @return the event with a record of the sampling, or null when it is left out */
    CaptureEvent sample(CaptureEvent event) {
        if (rate >= 1 || ALWAYS.contains(event.event())) {
            return event;
        }
        boolean kept = by == SampleBy.EVENT ? ThreadLocalRandom.current().nextDouble() < rate
                : keeps(event.distinctId());
        return kept ? event.properties(record) : null;
    }

    /** PostHog's browser library uses the hash of Java strings too, so that both keep the same persons. */
    private boolean keeps(String distinctId) {
        return Math.abs((long) distinctId.hashCode()) % 100 < rate * 100;
    }
}
