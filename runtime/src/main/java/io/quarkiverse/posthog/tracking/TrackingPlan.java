package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkiverse.posthog.PostHogAccount;

/**
 * Declares the events of the application. Each abstract method of the interface is a {@link TrackedEvent}. The extension
 * implements the interface when the application is built, and validates it. Default methods can call the other methods, for
 * example with the values of an object of the application.
 *
 * <pre>
 * {@literal @}TrackingPlan
 * public interface ShopEvents {
 *
 *     {@literal @}TrackedEvent("order placed")
 *     void orderPlaced({@literal @}DistinctId String customer, {@literal @}EventProperty("amount") BigDecimal amount);
 * }
 * </pre>
 * <p>
 * Inject the interface to capture events with the default account, and add {@link PostHogAccount} for another account. A bean
 * of the application that implements the interface replaces the implementation of the default account.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(TYPE)
public @interface TrackingPlan {

    /** Describes the plan in the documents that the build writes. */
    String description() default "";
}
