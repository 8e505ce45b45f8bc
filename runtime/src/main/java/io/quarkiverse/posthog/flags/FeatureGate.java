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
 * A REST endpoint that is there only for those for whom a feature flag is on. For everybody else it answers as if
 * there was nothing at its path.
 *
 * <pre>
 * {@literal @}GET
 * {@literal @}Path("/forecast")
 * {@literal @}FeatureGate("forecast")
 * public Forecast forecast() { ... }
 * </pre>
 * <p>
 * On a class it is for each of its endpoints; a gate on a method wins over the one on its class. It may stand on the
 * class that does the work or on the interface that has the annotations of the endpoint.
 * <p>
 * The flag is evaluated for whoever makes the request, as {@link PostHogContext} knows, after authentication and
 * before the body is read: in this process if that is possible, otherwise by PostHog with one request, which no
 * thread waits for. Like every other evaluation it captures {@code $feature_flag_called}.
 * <p>
 * Needs the extension {@code quarkus-rest}. It decides who sees a feature, not who may use it: whoever can choose
 * their distinct id, such as by the header {@code X-POSTHOG-DISTINCT-ID}, can choose what they see.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ METHOD, TYPE })
public @interface FeatureGate {

    /** The key of the flag. */
    String value();

    /** The only variant for which the endpoint is there; empty for any, and for flags without variants. */
    String variant() default "";

    /**
     * The HTTP status of the answer when the endpoint is not there: 404 is what Quarkus answers where nothing is; any
     * other from 400 to 599 has no body, unless the application maps its {@code WebApplicationException}.
     */
    int status() default 404;

    /** The name of the account whose flag it is. */
    String account() default PostHogAccount.DEFAULT;

    /** Whether the endpoint is there when the flag is unknown, can't be evaluated, or nobody knows who asks. */
    boolean defaultValue() default false;
}
