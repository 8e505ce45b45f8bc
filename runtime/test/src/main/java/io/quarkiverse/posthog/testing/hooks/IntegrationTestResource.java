package io.quarkiverse.posthog.testing.hooks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.testing.runtime.AccountsUnderTest;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * Called by Quarkus for each {@code @QuarkusIntegrationTest}. Configures a short flush interval, because the test kit
 * cannot flush an application in another process, and removes the events of other tests before each test.
 */
public final class IntegrationTestResource
        implements QuarkusTestResourceLifecycleManager, DevServicesContext.ContextAware {

    private static final String FLUSH_INTERVAL = "100ms";

    private Map<String, String> devServices = Map.of();

    @Override
    public void setIntegrationTestContext(DevServicesContext context) {
        devServices = context.devServicesProperties();
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        if (isOutOfProcess()) {
            Config config = ConfigProvider.getConfig();
            for (String account : AccountsUnderTest.names(devServices.keySet())) {
                String key = AccountNames.key(account, "capture.flush-interval");
                if (config.getOptionalValue(key, String.class).isEmpty()) {
                    settings.put(key, FLUSH_INTERVAL);
                }
            }
        }
        return settings;
    }

    @Override
    public void inject(Object testInstance) {
        if (isOutOfProcess()) {
            AccountsUnderTest.begin(PostHogTestCallback.keepsCaptured(List.of(testInstance.getClass())));
        }
    }

    /**
     * Returns whether the application runs in another process. Quarkus also calls this resource for a {@code @QuarkusTest}, but
     * with the class loader of the application.
     */
    private boolean isOutOfProcess() {
        return !(getClass().getClassLoader() instanceof QuarkusClassLoader);
    }

    @Override
    public void stop() {
        // Nothing to stop
    }
}
