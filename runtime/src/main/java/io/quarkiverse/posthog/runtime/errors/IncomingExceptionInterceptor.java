package io.quarkiverse.posthog.runtime.errors;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Captures exceptions of message consumers, thrown or asynchronous, before the messages are acknowledged or rejected.
 * It surrounds all other interceptors, so exceptions that are retried or recovered from are not captured.
 */
@Interceptor
@CaptureIncomingExceptions
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class IncomingExceptionInterceptor {

    private final ExceptionReporter reporter;

    @Inject
    public IncomingExceptionInterceptor(ExceptionReporter reporter) {
        this.reporter = reporter;
    }

    @AroundInvoke
    Object receive(InvocationContext invocation) throws Exception {
        if (!reporter.isWanted(ExceptionSource.MESSAGING)) {
            return invocation.proceed();
        }
        Consumer<Throwable> report = failure -> report(invocation, failure);
        Object result;
        try {
            result = invocation.proceed();
        } catch (Throwable e) {
            report.accept(e);
            throw e;
        }
        if (result instanceof Uni<?> uni) {
            return uni.onFailure().invoke(report);
        }
        if (result instanceof Multi<?> multi) {
            return multi.onFailure().invoke(report);
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((ignored, failure) -> {
                if (failure != null) {
                    report.accept(failure);
                }
            });
        }
        return result;
    }

    private void report(InvocationContext invocation, Throwable failure) {
        ExceptionEvent event = ExceptionEvent.of(ThrowableReader.unwrapCompletionException(failure));
        CaptureIncomingExceptions channels = invocation.getInterceptorBinding(CaptureIncomingExceptions.class);
        reporter.report(ExceptionSource.MESSAGING, channels == null ? event
                : event.property("messaging_channel", String.join(", ", channels.value())));
    }
}
