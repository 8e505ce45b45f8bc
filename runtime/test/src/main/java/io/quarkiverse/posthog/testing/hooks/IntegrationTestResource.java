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
 * Called by Quarkus for each {@code @QuarkusIntegrationTest}: has the application send events without much ado,
 * since nobody can tell it to, and each test begin without those of other tests.
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
        if (isElsewhere()) {
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
        if (isElsewhere()) {
            AccountsUnderTest.begin(PostHogTestCallback.keepsCaptured(List.of(testInstance.getClass())));
        }
    }

    /** Quarkus calls this for a {@code @QuarkusTest}, too, but from the classes of the application. */
    private boolean isElsewhere() {
        return !(getClass().getClassLoader() instanceof QuarkusClassLoader);
    }

    @Override
    public void stop() {
        // Nothing was started
    }
}
