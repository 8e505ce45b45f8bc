package io.quarkiverse.posthog.flags;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;

import io.quarkiverse.posthog.PostHogAccount;

/**
 * Injects a feature flag. Nothing is evaluated when it is injected, but each time it is asked, for whoever makes the
 * request at that time; so it may be injected into beans of any scope.
 *
 * <pre>
 * {@literal @}Inject
 * {@literal @}PostHogFlag("new-checkout")
 * Flag newCheckout; // all there is to know, with a request to PostHog where that is needed, or without
 *
 * {@literal @}Inject
 * {@literal @}PostHogFlag("new-checkout")
 * Instance&lt;Boolean&gt; enabled; // whether it is on, as far as this process can tell
 * </pre>
 * <p>
 * {@link Instance#get()}, or that of a {@link jakarta.inject.Provider}, is the same as
 * {@link Flag#isEnabledLocally()}, which is of use only with {@code flags.local-evaluation}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ METHOD, FIELD, PARAMETER })
public @interface PostHogFlag {

    /** The key of the flag. */
    @Nonbinding
    String value();

    /** Whether the flag counts as on when it is unknown or can't be evaluated, or when nobody knows who asks. */
    @Nonbinding
    boolean defaultValue() default false;

    /** The name of the account whose flag it is. */
    @Nonbinding
    String account() default PostHogAccount.DEFAULT;
}
