package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.PARAMETER;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

/**
 * Declares that an {@link Instant} parameter of a {@link TrackedEvent} is the time of the event. Null is the time of capture.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(PARAMETER)
public @interface EventTimestamp {
}
