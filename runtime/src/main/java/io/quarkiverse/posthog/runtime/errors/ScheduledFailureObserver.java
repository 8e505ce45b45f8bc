package io.quarkiverse.posthog.runtime.errors;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.Trigger;

/** Captures exceptions of scheduled methods. */
// No scope: a bean only if the application has a scheduler
public class ScheduledFailureObserver {

    private final ExceptionReporter reporter;

    @Inject
    public ScheduledFailureObserver(ExceptionReporter reporter) {
        this.reporter = reporter;
    }

    void failed(@Observes FailedExecution failed) {
        if (failed.getException() == null || !reporter.isWanted(ExceptionSource.SCHEDULER)) {
            return;
        }
        Trigger trigger = failed.getExecution().getTrigger();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("scheduler_job", trigger.getId());
        if (trigger.getMethodDescription() != null) {
            properties.put("scheduler_method", trigger.getMethodDescription());
        }
        reporter.report(ExceptionSource.SCHEDULER,
                ExceptionEvent.of(ThrowableReader.unwrapCompletionException(failed.getException())).properties(properties));
    }
}
