package io.quarkiverse.posthog.test.flags;

import static io.quarkiverse.posthog.test.flags.DefinitionsServer.SECURE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Providers are beans of the application, of one account or of all. */
class DefinitionProviderBeansTest {

    private static final String STOPPED = "posthog.provider.stopped";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, DefinitionsServer.class, Memory.class,
                    ForAll.class, Unwanted.class, OfWork.class))
            .setBeforeAllCustomizer(() -> DefinitionsServer.reset().flags(PostHogStub.PROJECT_KEY, "default-flag")
                    .flags("phc_work", "work-flag"))
            .setAfterUndeployListener(
                    () -> assertThat(System.getProperty(STOPPED)).contains("[ForAll default]", "[OfWork work]"))
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", SECURE_KEY)
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .overrideConfigKey("quarkus.posthog.\"work\".feature-flags-secure-api-key", SECURE_KEY);

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Inject
    ForAll forAll;

    @Inject
    @PostHogAccount("work")
    OfWork ofWork;

    @Test
    @Tag("FDL-7")
    void eachAccountHasTheOneThatIsMeantForItOrTheOneForAll() {
        for (PostHog account : List.of(postHog, work)) {
            account.reloadFlagDefinitions().await().atMost(Duration.ofSeconds(10));
        }

        assertThat(forAll.stored).containsOnlyKeys("default");
        assertThat(forAll.stored.get("default").json()).contains("default-flag");
        assertThat(ofWork.stored).containsOnlyKeys("work");
        assertThat(ofWork.stored.get("work").confirmedAt()).isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    @Tag("FDL-7")
    void aProviderMayBlockAndUsePostHogItself() {
        postHog.reloadFlagDefinitions().await().atMost(Duration.ofSeconds(10));

        assertThat(forAll.evaluated).contains("default-flag");
    }

    /** Keeps what it is given. */
    abstract static class Memory implements FlagDefinitionCacheProvider {

        final Map<String, FlagDefinitionCacheData> stored = new ConcurrentHashMap<>();

        @Override
        public Uni<Boolean> shouldFetchFlagDefinitions(String account) {
            return Uni.createFrom().item(true);
        }

        @Override
        public Uni<FlagDefinitionCacheData> getFlagDefinitions(String account) {
            return Uni.createFrom().item(stored.get(account));
        }

        @Override
        public Uni<Void> onFlagDefinitionsReceived(String account, FlagDefinitionCacheData data) {
            stored.put(account, data);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> shutdown(String account) {
            // Accounts are closed at the same time
            System.getProperties().merge(STOPPED, "[" + getClass().getSimpleName() + " " + account + "]",
                    (before, added) -> "" + before + added);
            return Uni.createFrom().voidItem();
        }
    }

    @Singleton
    @Priority(2)
    public static class ForAll extends Memory {

        @Inject
        PostHog postHog;

        volatile Iterable<String> evaluated;

        @Override
        public Uni<Boolean> shouldFetchFlagDefinitions(String account) {
            // Elsewhere than on a worker thread this would fail
            evaluated = Uni.createFrom().item(() -> postHog.evaluateFlagsLocally("zoe").keys()).onItem().delayIt()
                    .by(Duration.ofMillis(5)).await().atMost(Duration.ofSeconds(10));
            return super.shouldFetchFlagDefinitions(account);
        }
    }

    @Singleton
    @Priority(1)
    public static class Unwanted extends Memory {
    }

    @Singleton
    @PostHogAccount("work")
    public static class OfWork extends Memory {
    }
}
