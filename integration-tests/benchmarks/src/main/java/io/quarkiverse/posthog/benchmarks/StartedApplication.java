package io.quarkiverse.posthog.benchmarks;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Application;

/** The application, started in a process that JMH has forked. */
public final class StartedApplication {

    private StartedApplication() {
    }

    public static PostHogAccounts accounts() throws ReflectiveOperationException {
        Application application = (Application) Class.forName(Application.APP_CLASS_NAME).getDeclaredConstructor()
                .newInstance();
        application.start(new String[0]);
        return Arc.container().instance(PostHogAccounts.class).get();
    }
}
