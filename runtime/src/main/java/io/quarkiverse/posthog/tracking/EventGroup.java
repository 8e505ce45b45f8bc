package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.PARAMETER;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * Declares that a parameter of a {@link TrackedEvent} is the key of a group. The type of the parameter is {@code String}, or
 * {@link Optional}{@code <String>} for events that do not always belong to a group. A null or blank key is invalid, as with
 * {@link CaptureEvent#group(String, String)}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(PARAMETER)
public @interface EventGroup {

    /** The group type, such as {@code company}. */
    String value();
}
