package io.quarkiverse.posthog.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the events that were captured before the test, by other tests or at startup; otherwise, each test
 * starts without events. On a class, it applies to all tests, including nested classes.
 * <p>
 * The configuration key {@code posthog.test.keep-captured=true} does the same for all tests. In a
 * {@code @QuarkusIntegrationTest}, the annotation applies to classes only.
 */
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface KeepCapturedEvents {
}
