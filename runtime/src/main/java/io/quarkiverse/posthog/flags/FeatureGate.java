package io.quarkiverse.posthog.flags;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.context.PostHogContext;

/**
 * Restricts a REST endpoint to users for whom a feature flag is on. All other users get the same response as for an
 * unknown path.
 *
 * <pre>
 * {@literal @}GET
 * {@literal @}Path("/forecast")
 * {@literal @}FeatureGate("forecast")
 * public Forecast forecast() { ... }
 * </pre>
 * <p>
 * On a class, the gate applies to all of its endpoints. A gate on a method overrides the gate on its class. The
 * annotation can be on the implementing class, or on the interface with the annotations of the endpoint.
 * <p>
 * The flag is evaluated for the current user, as determined by {@link PostHogContext}, after authentication and before
 * the body is read: locally if possible, otherwise by PostHog with one request, without blocking a thread. The evaluation
 * captures an exposure ({@code $feature_flag_called}).
 * <p>
 * Requires the extension {@code quarkus-rest}. A gate controls the visibility of a feature, not the permission to use
 * it, because a client can choose its distinct ID, for example with the header {@code X-POSTHOG-DISTINCT-ID}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ METHOD, TYPE })
public @interface FeatureGate {

    /** The flag key. */
    String value();

    /** The variant that the flag must have; empty for any value that is on. */
    String variant() default "";

    /**
     * The HTTP status of the response if the gate is closed. 404 is the response for an unknown path. Any other status
     * from 400 to 599 has no body, unless the application maps its {@code WebApplicationException}.
     */
    int status() default 404;

    /** The name of the account of the flag. */
    String account() default PostHogAccount.DEFAULT;

    /** Whether the gate is open if the flag is unknown or cannot be evaluated, or if no user can be identified. */
    boolean defaultValue() default false;
}
