package io.quarkiverse.posthog.runtime.errors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;

/** The interceptor binding that is added to methods with {@code @Incoming} at build time. */
@InterceptorBinding
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface CaptureIncomingExceptions {

    /** The channels. */
    @Nonbinding
    String[] value() default {};
}
