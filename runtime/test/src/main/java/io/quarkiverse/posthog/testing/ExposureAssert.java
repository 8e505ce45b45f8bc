package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Assertions on exposures to flags: the persons and values for which a flag was evaluated, as the application
 * captured with {@code $feature_flag_called}. The same value for the same person is captured once in a test.
 *
 * <pre>
 * posthog.assertThatExposures().withDistinctId("user-123").forFlag("new-checkout").withValue(true).hasSize(1);
 * </pre>
 */
public final class ExposureAssert extends AbstractEventAssert<ExposureAssert> {

    ExposureAssert(CapturedEventSource source) {
        this(source, List.of(new EventCondition("recording an exposure", CapturedEvent::isExposure,
                event -> "it is not an exposure")), Duration.ZERO);
    }

    private ExposureAssert(CapturedEventSource source, List<EventCondition> conditions, Duration timeout) {
        super(source, conditions, timeout);
    }

    @Override
    ExposureAssert with(CapturedEventSource source, List<EventCondition> conditions, Duration timeout) {
        return new ExposureAssert(source, conditions, timeout);
    }

    /** Selects the exposures to a flag. */
    @CheckReturnValue
    public ExposureAssert forFlag(String key) {
        return and(EventConditions.property("flag", "$feature_flag", key));
    }

    /** Selects the exposures to this value: true, false, or the key of a variant. */
    @CheckReturnValue
    public ExposureAssert withValue(Object value) {
        return and(EventConditions.property("value", "$feature_flag_response", value));
    }
}
