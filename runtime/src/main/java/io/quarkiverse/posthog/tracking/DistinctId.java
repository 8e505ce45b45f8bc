package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.PARAMETER;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * Declares that a {@code String} parameter of a {@link TrackedEvent} is the distinct ID of the person. Null and blank are
 * invalid, as with {@link CaptureEvent#distinctId(String)}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(PARAMETER)
public @interface DistinctId {
}
