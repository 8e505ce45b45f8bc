package io.quarkiverse.posthog.runtime.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/** Who is known to the OpenFeature API, and for how long. */
class OpenFeatureRegistrationTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    private final Set<String> accounts = new TreeSet<>(Set.of("default", "work"));
    private final Vertx vertx = Vertx.vertx();
    private volatile FlagDefinitionsStatus definitions = status(false, null);
    private boolean enabled = true;

    @AfterEach
    void close() {
        api.shutdown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Tag("OFP-11")
    void theDefaultAccountIsTheDefaultProviderAndNamedOnesAreForTheirDomains() {
        registration().register(new StartupEvent());

        assertThat(api.getProvider()).isInstanceOf(PostHogProvider.class);
        assertThat(api.getProvider("work")).isInstanceOf(PostHogProvider.class).isNotSameAs(api.getProvider());
        assertThat(api.getProvider("another")).isSameAs(api.getProvider());
    }

    @Test
    @Tag("OFP-11")
    void aProviderThatIsThereAlreadyStays() {
        FeatureProvider other = new InMemoryProvider(Map.of());
        api.setProviderAndWait(other);

        registration().register(new StartupEvent());

        assertThat(api.getProvider()).isSameAs(other);
        assertThat(api.getProvider("work")).isInstanceOf(PostHogProvider.class);
        assertThat(log.lines())
                .containsExactly("INFO PostHog account 'default' is not registered with OpenFeature, which already has "
                        + "the provider 'InMemoryProvider'");
    }

    @Test
    @Tag("OFP-11")
    void nothingIsRegisteredWhereThatIsNotWanted() {
        enabled = false;

        registration().register(new StartupEvent());

        assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
    }

    @Test
    void anAccountThatDoesNotWorkStopsNobody() {
        accounts.add("broken");

        registration().register(new StartupEvent());

        assertThat(api.getProvider("work")).isInstanceOf(PostHogProvider.class);
        assertThat(log.warnings())
                .containsExactly("PostHog account 'broken' is not registered with OpenFeature: unknown proxy");
    }

    @Test
    @Tag("OFP-11")
    void allIsTakenBackWhenTheApplicationStops() {
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());

        registration.deregister(new ShutdownEvent());

        assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
        assertThat(api.getProvider("work")).isInstanceOf(NoOpProvider.class);
    }

    @Test
    @Tag("OFP-11")
    void whatTheApplicationPutInThePlaceStays() {
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());
        FeatureProvider other = new InMemoryProvider(Map.of());
        api.setProviderAndWait("work", other);

        registration.deregister(new ShutdownEvent());

        assertThat(api.getProvider("work")).isSameAs(other);
    }

    @Test
    @Tag("OFP-11")
    void theNextApplicationTakesThePlaceOfOneThatDidNotEnd() {
        registration().register(new StartupEvent());
        FeatureProvider before = api.getProvider();

        registration().register(new StartupEvent());

        assertThat(api.getProvider()).isInstanceOf(PostHogProvider.class).isNotSameAs(before);
    }

    @Test
    @Tag("OFP-9")
    void itIsLookedAtHowDefinitionsStand() throws Exception {
        definitions = status(true, null);
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());
        CountDownLatch stale = new CountDownLatch(1);
        api.getClient().onProviderStale(event -> stale.countDown());

        definitions = status(true, "PostHog responded with 500");

        assertThat(stale.await(10, TimeUnit.SECONDS)).as("an event").isTrue();
        assertThat(api.getClient().getProviderState()).isEqualTo(ProviderState.STALE);
        registration.deregister(new ShutdownEvent());
    }

    @Test
    @Tag("OFP-9")
    void changesGoToTheirAccountAndThoseOfOthersToNobody() throws Exception {
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        api.onProviderConfigurationChanged(events::add);

        registration.changed(new FlagDefinitionsChangedEvent("opened", Set.of("theirs")));
        registration.changed(new FlagDefinitionsChangedEvent("work", Set.of("ours")));

        assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull()
                .satisfies(event -> assertThat(event.getFlagsChanged()).containsExactly("ours"));
    }

    static Stream<Consumer<OpenFeatureAPI>> replacements() {
        return Stream.of(api -> {
            api.setProviderAndWait(new InMemoryProvider(Map.of()));
            api.setProviderAndWait("work", new InMemoryProvider(Map.of()));
        }, api -> {
            FeatureProvider other = new InMemoryProvider(Map.of());
            api.setProviderAndWait("work", other);
            api.setProviderAndWait(other);
        }, OpenFeatureAPI::shutdown);
    }

    @ParameterizedTest
    @MethodSource("replacements")
    @Tag("OFP-13")
    void aReplacedProviderGetsNoEvents(Consumer<OpenFeatureAPI> replacement) throws Exception {
        definitions = status(true, null);
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());
        replacement.accept(api);
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        api.onProviderConfigurationChanged(events::add).onProviderStale(events::add);

        for (int i = 0; i < 20; i++) {
            registration.changed(new FlagDefinitionsChangedEvent("default", Set.of("beta-ui")));
            registration.changed(new FlagDefinitionsChangedEvent("work", Set.of("beta-ui")));
            definitions = status(true, i % 2 == 0 ? "PostHog answered 500" : null);
            Thread.sleep(10);
        }

        assertThat(events).isEmpty();
        registration.deregister(new ShutdownEvent());
    }

    @Test
    @Tag("OFP-13")
    void aProviderThatIsRegisteredAgainGetsEventsAgain() throws Exception {
        OpenFeatureRegistration registration = registration();
        registration.register(new StartupEvent());
        FeatureProvider provider = api.getProvider();
        for (int i = 0; i < 10; i++) {
            api.setProviderAndWait(new InMemoryProvider(Map.of()));
            api.setProviderAndWait(provider);
        }
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        api.getClient().onProviderConfigurationChanged(events::add);

        registration.changed(new FlagDefinitionsChangedEvent("default", Set.of("beta-ui")));

        assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull();
        registration.deregister(new ShutdownEvent());
    }

    private OpenFeatureRegistration registration() {
        AccountConfig config = TestAccounts.account("flags.definitions.poll-interval", "5ms").config();
        return new OpenFeatureRegistration(accounts(),
                () -> Map.of("default", config, "work", config, "broken", config), () -> enabled, vertx);
    }

    private PostHogAccounts accounts() {
        return proxy(PostHogAccounts.class,
                (proxy, method, arguments) -> method.getName().equals("names") ? accounts : account((String) arguments[0]));
    }

    private PostHog account(String name) {
        if (name.equals("broken")) {
            throw new IllegalArgumentException("unknown proxy");
        }
        return proxy(PostHog.class,
                (proxy, method, arguments) -> method.getName().equals("flagDefinitionsStatus") ? definitions : name);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
    }

    private static FlagDefinitionsStatus status(boolean enabled, String failure) {
        return new FlagDefinitionsStatus(enabled, true, 0, Optional.empty(), Optional.empty(),
                Optional.ofNullable(failure), 1);
    }
}
