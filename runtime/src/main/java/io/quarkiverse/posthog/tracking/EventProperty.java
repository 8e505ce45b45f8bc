package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.PARAMETER;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/**
 * Declares that a parameter of a {@link TrackedEvent} is an event property.
 * <p>
 * The event does not have the property if the argument is null or an empty {@link Optional}. The documents of the plan list
 * properties of type {@link Optional} as optional. {@link PropertyType} lists the supported types.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(PARAMETER)
public @interface EventProperty {

    /**
     * The property name. It must not start with {@code $}, which PostHog reserves for its own properties. The default is the
     * name of the parameter, for which the application must be compiled with {@code -parameters}.
     */
    String value() default "";

    /** Describes the property in the documents that the build writes, and in PostHog. */
    String description() default "";
}
