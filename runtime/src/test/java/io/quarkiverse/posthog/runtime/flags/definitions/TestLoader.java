package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Loads the definitions of an account, with PostHog, the clock and the background in the hands of the test. */
final class TestLoader {

    static final String TOKEN = "phc_test";
    static final String SECURE_KEY = "phs_secure";

    final ManualBackground background = new ManualBackground();
    final DefinitionsStub postHog = new DefinitionsStub();
    /** The flags that were said to have changed, each time. */
    final List<Set<String>> changes = new ArrayList<>();
    /** How often whoever remembers answers was told to forget them. */
    final AtomicInteger forgotten = new AtomicInteger();
    final DefinitionsLoader loader;

    private TestLoader(Supplier<Optional<FlagDefinitionCacheProvider>> provider, String... properties) {
        // Requests time out in real time. A request that a test leaves open must not log a warning during another test
        String[] all = Stream.concat(Stream.of("project-api-key", TOKEN, "feature-flags-secure-api-key", SECURE_KEY,
                "flags.definitions.timeout", "1h"), Stream.of(properties)).toArray(String[]::new);
        this.loader = new DefinitionsLoader(TestAccounts.calls(postHog, TestAccounts.account(all)), background,
                provider, changes::add);
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    static TestLoader of(String... properties) {
        return new TestLoader(Optional::empty, properties);
    }

    static TestLoader with(FlagDefinitionCacheProvider provider, String... properties) {
        return new TestLoader(() -> Optional.of(provider), properties);
    }

    static TestLoader looking(Supplier<Optional<FlagDefinitionCacheProvider>> provider) {
        return new TestLoader(provider);
    }

    /** With the first load done, unless PostHog or the provider keeps it waiting. */
    TestLoader started() {
        loader.start(forgotten::incrementAndGet);
        background.run();
        return this;
    }

    /** The time of the next poll comes. */
    void poll() {
        background.advance(Duration.ofSeconds(33));
    }

    UniAssertSubscriber<FlagDefinitionsStatus> reloading() {
        UniAssertSubscriber<FlagDefinitionsStatus> reload = loader.reload().subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        background.run();
        return reload;
    }

    FlagDefinitionsStatus status() {
        return loader.status();
    }

    /** The flags that can be evaluated; null when there are no definitions. */
    Set<String> keys() {
        return loader.evaluator() == null ? null : loader.evaluator().definitions().keys();
    }

    boolean isOn(String key) {
        LocalResult result = loader.evaluator().evaluate(key, EvaluationInput.of("user", background.now()));
        return result instanceof LocalResult.Value value && value.enabled();
    }

    boolean isReady() {
        UniAssertSubscriber<Void> ready = loader.ready().subscribe().withSubscriber(UniAssertSubscriber.create());
        return loader.isReady() && ready.assertCompleted() != null;
    }

    void close() throws Exception {
        background.during(loader::close);
    }
}
