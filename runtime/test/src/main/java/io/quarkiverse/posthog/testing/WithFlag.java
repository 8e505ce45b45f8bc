package io.quarkiverse.posthog.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.hooks.WithFlagExtension;

/**
 * Sets the value of a flag during a test, for all users, even if the flag is not defined. The value is removed after
 * the test, even if the test fails.
 *
 * <pre>
 * {@literal @}WithFlag("new-checkout")
 * {@literal @}WithFlag(key = "gift-wrap", enabled = false)
 * {@literal @}WithFlag(key = "hero-banner", variant = "summer", payload = "{\"discount\": 20}", account = "marketing")
 * </pre>
 * <p>
 * On a class, it applies to all tests, including nested classes. A method overrides its class, and a nested class
 * overrides the enclosing class.
 * <p>
 * Supports {@code @QuarkusTest} and {@code @QuarkusIntegrationTest} without registration.
 *
 * @see TestFlags
 */
@Inherited
@Documented
@Repeatable(WithFlag.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@ExtendWith(WithFlagExtension.class)
public @interface WithFlag {

    /** The flag key, as a short form of {@link #key()}. Set exactly one of them. */
    String value() default "";

    /** The flag key. */
    String key() default "";

    /** Whether the flag is on. False together with a {@link #variant()} is an error. */
    boolean enabled() default true;

    /** The variant of the flag. */
    String variant() default "";

    /** The payload as JSON. The default is the payload that is defined for the value. */
    String payload() default "";

    /** The account of the flag. */
    String account() default PostHogAccount.DEFAULT;

    /** The container annotation. */
    @Inherited
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ ElementType.TYPE, ElementType.METHOD })
    @ExtendWith(WithFlagExtension.class)
    @interface All {

        WithFlag[] value();
    }
}
