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
 * Injects a feature flag. The flag is not evaluated at injection, but each time it is used, for the user of the request
 * at that time. Therefore, it can be injected into beans of any scope.
 *
 * <pre>
 * {@literal @}Inject
 * {@literal @}PostHogFlag("new-checkout")
 * Flag newCheckout; // all functions, with a request to PostHog if necessary
 *
 * {@literal @}Inject {@literal @}PostHogFlag("new-checkout") Instance&lt;Boolean&gt; enabled; // whether the flag is
 * on, evaluated locally </pre>
 * <p>
 * {@link Instance#get()}, or {@link jakarta.inject.Provider#get()}, is the same as {@link Flag#isEnabledLocally()},
 * which is only useful with {@code flags.local-evaluation}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ METHOD, FIELD, PARAMETER })
public @interface PostHogFlag {

    /** The flag key. */
    @Nonbinding
    String value();

    /** The value if the flag is unknown or cannot be evaluated, or if no user can be identified. */
    @Nonbinding
    boolean defaultValue() default false;

    /** The name of the account of the flag. */
    @Nonbinding
    String account() default PostHogAccount.DEFAULT;
}
