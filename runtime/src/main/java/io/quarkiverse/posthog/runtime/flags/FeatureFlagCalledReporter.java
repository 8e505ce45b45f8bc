package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.context.DistinctIds;

/** Captures {@code $feature_flag_called}, once for each exposure. */
final class FeatureFlagCalledReporter {

    private static final String LOCAL = "Evaluated locally";

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final String account;
    private final CapturePipeline capture;
    private final Supplier<ObjectMapper> mapper;
    private final boolean enabled;
    private final FeatureFlagCalledTracker tracker;
    private final AtomicBoolean blankKey = new AtomicBoolean();

    /** @param enabled whether exposures are captured */
    FeatureFlagCalledReporter(String account, CapturePipeline capture, Supplier<ObjectMapper> mapper, boolean enabled,
            int cacheSize) {
        this.account = account;
        this.capture = capture;
        this.mapper = mapper;
        this.enabled = enabled;
        this.tracker = new FeatureFlagCalledTracker(cacheSize);
    }

    /**
     * @param flag null if the flag is missing
     * @param unresolved whether it is missing because it could not be evaluated
     */
    void called(EvaluationRequest asked, String key, ResolvedFlag flag, FlagsResponse answer, boolean unresolved) {
        // An exposure that is not captured because of an opt-out is not remembered
        if (!enabled || !asked.context().sendFeatureFlagEvents() || asked.distinctId() == null || capture.isOptedOut()) {
            return;
        }
        Object value = flag == null ? null : flag.value().toJson();
        if (tracker.add(new FeatureFlagCalledTracker.Call(asked.distinctId(), key, value, asked.context().groups()))) {
            CaptureRequest called = CaptureRequest.of(event(asked, key, flag, value, answer, unresolved));
            capture.capture(flag != null && flag.minimal() ? called.withFinish(MinimalFeatureFlagCalledEvent::of) : called);
        }
    }

    /** Warns once of an evaluation without a key, which is not an exposure. */
    void blankKey() {
        if (blankKey.compareAndSet(false, true)) {
            LOG.warnf(
                    "PostHog account '%s': a flag key is empty; no flag is evaluated, and the default is returned;"
                            + " pass a flag key; this is not logged again",
                    account);
        }
    }

    void clear() {
        tracker.clear();
    }

    private CaptureEvent event(EvaluationRequest asked, String key, ResolvedFlag flag, Object value, FlagsResponse answer,
            boolean unresolved) {
        boolean local = flag != null && flag.local();
        CaptureEvent event = CaptureEvent.of("$feature_flag_called", asked.distinctId())
                .property("$feature_flag", key)
                .property("locally_evaluated", local);
        if (flag != null) {
            event = known(event.property("$feature_flag_response", value).property("$feature/" + key, value), flag);
        }
        if (!local) {
            event = with(event, "$feature_flag_request_id", answer.requestId());
            event = with(event, "$feature_flag_evaluated_at",
                    answer.evaluatedAt() == null ? null : answer.evaluatedAt().toEpochMilli());
            event = with(event, "$feature_flag_error", error(answer.errors(), flag, unresolved));
        }
        for (var group : asked.context().groups().entrySet()) {
            // The exposure is valid without a group that is not one
            if (!DistinctIds.isIllegal(group.getKey()) && !DistinctIds.isIllegal(group.getValue())) {
                event = event.group(group.getKey(), group.getValue());
            }
        }
        return asked.context().geoip() ? event : event.geoip(false);
    }

    private CaptureEvent known(CaptureEvent event, ResolvedFlag flag) {
        CaptureEvent known = with(event, "$feature_flag_id", flag.id());
        known = with(known, "$feature_flag_version", flag.version());
        known = with(known, "$feature_flag_has_experiment", flag.hasExperiment());
        known = with(known, "$feature_flag_reason", flag.local() ? LOCAL
                : flag.reasonDescription() == null ? flag.reasonCode() : flag.reasonDescription());
        known = with(known, "$feature_flag_payload", payload(flag.payload()));
        return known.properties(RuleProperties.of(flag));
    }

    private static String error(Set<FlagError> errors, ResolvedFlag flag, boolean unresolved) {
        FlagError missing = unresolved ? FlagError.LOCAL_EVALUATION_INCONCLUSIVE : FlagError.FLAG_MISSING;
        String all = Stream.concat(errors.stream(), flag == null ? Stream.of(missing) : Stream.empty())
                .map(FlagError::code).collect(Collectors.joining(","));
        return all.isEmpty() ? null : all;
    }

    /** The parsed JSON, so that PostHog can filter by its values. */
    private Object payload(String json) {
        if (json == null) {
            return null;
        }
        try {
            return mapper.get().readValue(json, Object.class);
        } catch (IOException e) {
            return json;
        }
    }

    /** Omits a value that is null. */
    private static CaptureEvent with(CaptureEvent event, String name, Object value) {
        return value == null ? event : event.property(name, value);
    }
}
