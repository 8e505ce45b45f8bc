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
 * Gives a flag a value during a test, for everybody, whether or not there is such a flag. After the test it is
 * taken back, also when the test fails.
 *
 * <pre>
 * {@literal @}WithFlag("new-checkout")
 * {@literal @}WithFlag(key = "gift-wrap", enabled = false)
 * {@literal @}WithFlag(key = "hero-banner", variant = "summer", payload = "{\"discount\": 20}", account = "marketing")
 * </pre>
 * <p>
 * On a class it is for all its tests, those of nested classes included. A flag of a method goes before the same
 * flag of its class, and that of a nested class before that of the class around it.
 * <p>
 * Works with {@code @QuarkusTest} and {@code @QuarkusIntegrationTest}; nothing has to be registered.
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

    /** The key of the flag, short for {@link #key()}; exactly one of the two is to be given. */
    String value() default "";

    /** The key of the flag, where there is more to say than {@link #value()}. */
    String key() default "";

    /** Whether the flag is on; true unless said otherwise. Off together with a {@link #variant()} is an error. */
    boolean enabled() default true;

    /** The variant that the flag is; none unless said otherwise. */
    String variant() default "";

    /** The payload as JSON; unless given, that which the flag has for this value, if any. */
    String payload() default "";

    /** The account of the flag; the default one unless said otherwise. */
    String account() default PostHogAccount.DEFAULT;

    /** Several flags. */
    @Inherited
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ ElementType.TYPE, ElementType.METHOD })
    @ExtendWith(WithFlagExtension.class)
    @interface All {

        WithFlag[] value();
    }
}
