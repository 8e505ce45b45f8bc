package io.quarkiverse.posthog.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps what was captured before the test, by other tests or at the start of the application; otherwise each test
 * begins with nothing. On a class it is for all its tests, nested ones included.
 * <p>
 * The configuration key {@code posthog.test.keep-captured=true} does the same for all tests. In a
 * {@code @QuarkusIntegrationTest}, the annotation counts on classes only.
 */
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface KeepCaptured {
}
