package org.acme;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.errors.ExceptionLevel;

@ApplicationScoped
public class Errors {

    @Inject
    PostHog posthog;

    // tag::capture[]
    public void checkOut(Order order) {
        try {
            order.pay();
        } catch (PaymentFailedException e) {
            posthog.captureException(e); // <1>
            order.payLater();
        }
    }

    public void remind(Order order) {
        try {
            order.sendReminder();
        } catch (RuntimeException e) {
            posthog.captureException(ExceptionEvent.of(e) // <2>
                    .distinctId(order.customer())
                    .level(ExceptionLevel.WARNING)
                    .group("company", order.company())
                    .properties(Map.of("order", order.number(), "area", "reminders"))
                    .fingerprint("reminder not sent")); // <3>
        }
    }
    // end::capture[]

    // tag::source[]
    /** Called by Apache Camel with exceptions that its routes did not handle. */
    public void onCamelFailure(Exception failure, String route) {
        posthog.captureException(ExceptionEvent.of(failure).handled(false).source("camel.error_handler")
                .property("camel_route", route));
    }
    // end::source[]

    // tag::drop[]
    @Singleton
    static class WithoutTimeouts implements BeforeSend {

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            return "TimeoutException".equals(event.properties().get("$exception_type")) ? null : event;
        }
    }
    // end::drop[]

    /** The order that the samples process. */
    public interface Order {

        void pay() throws PaymentFailedException;

        void payLater();

        void sendReminder();

        String customer();

        String company();

        long number();
    }

    public static class PaymentFailedException extends Exception {
    }
}
