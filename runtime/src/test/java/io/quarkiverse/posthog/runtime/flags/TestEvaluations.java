package io.quarkiverse.posthog.runtime.flags;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.capture.TestPipeline;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestScopedState;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;
import io.smallrye.mutiny.Uni;

/** Flags of an account, with PostHog, the definitions and the request in the hands of the test. */
final class TestEvaluations {

    static final String PERSON = "user-123";

    static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    final FlagsStub postHog = new FlagsStub();
    final TestPipeline capture;
    final FlagEvaluations flags;
    /** Null for no request. */
    RequestScopedState request;
    RequestData inRequest = RequestData.NONE;

    private final GivenDefinitions definitions = new GivenDefinitions();

    private TestEvaluations(List<BeforeSend> hooks, String... properties) {
        String[] all = Stream.concat(Stream.of("project-api-key", "phc_test"), Stream.of(properties)).toArray(String[]::new);
        ResolvedAccountConfig account = TestAccounts.account(all);
        this.capture = TestPipeline.of(hooks, properties);
        this.flags = new FlagEvaluations(TestAccounts.calls(postHog, account),
                capture.pipeline, definitions, new RequestFlagOverrides("default", () -> request),
                () -> inRequest, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    static TestEvaluations of(String... properties) {
        return of(List.of(), properties);
    }

    static TestEvaluations of(List<BeforeSend> hooks, String... properties) {
        return new TestEvaluations(hooks, properties);
    }

    /** Definitions are loaded: the flags, with single quotes, without the brackets around them. */
    void define(String flags) {
        define(flags, "");
    }

    /** @param more further members of the definitions, each after a comma */
    void define(String flags, String more) {
        definitions.evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(("{'flags': [" + flags
                + "], 'group_type_mapping': {'0': 'company'}" + more + "}").replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8)));
        refreshDefinitions();
        definitions.whenChanged.run();
        definitions.ready.complete(null);
    }

    /** There are no definitions yet, but there will be. */
    void expectDefinitions() {
        definitions.ready = new CompletableFuture<>();
    }

    /** PostHog says that they are still current. */
    void refreshDefinitions() {
        definitions.refreshes++;
    }

    /** A flag that is on for everybody, or with a variant for everybody. */
    static String defined(String key, String value) {
        return defined(key, value, "");
    }

    static String defined(String key, String value, String more) {
        String filters = switch (value) {
            case "true" -> "'groups': [{'properties': []}]";
            case "false" -> "'groups': []";
            default -> "'groups': [{'properties': []}], 'multivariate': {'variants': [{'key': '" + value
                    + "', 'rollout_percentage': 100}]}, 'payloads': {'" + value + "': '[1]'}";
        };
        return "{'id': 7, 'version': 3, 'key': '" + key + "', 'active': true, 'filters': {" + filters + "}" + more + "}";
    }

    /** A flag that is on for the plan 'pro', and that can't be decided without knowing the plan. */
    static String definedForPro(String key) {
        return "{'id': 8, 'key': '" + key + "', 'active': true, 'filters': {'groups': [{'properties': [{'key': 'plan', "
                + "'type': 'person', 'operator': 'exact', 'value': 'pro'}]}]}}";
    }

    /** @param keys none for all flags */
    FlagSnapshot evaluate(String... keys) {
        FlagContext all = FlagContext.of(PERSON);
        return evaluate(keys.length == 0 ? all : all.flagKeys(keys));
    }

    FlagSnapshot evaluate(FlagContext context) {
        return now(flags.evaluateFlags(context));
    }

    /** The item of something that does not wait. */
    static <T> T now(Uni<T> uni) {
        return uni.await().indefinitely();
    }

    /** The events {@code $feature_flag_called} until now. */
    List<JsonNode> exposures() {
        return capture.sent().stream().filter(event -> event.path("event").asText().equals("$feature_flag_called")).toList();
    }

    private static final class GivenDefinitions implements FlagDefinitionsSource {

        private LocalEvaluator evaluator;
        private long refreshes;
        private Runnable whenChanged;
        private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

        @Override
        public void start(Runnable whenChanged) {
            this.whenChanged = whenChanged;
        }

        @Override
        public LocalEvaluator evaluator() {
            return evaluator;
        }

        @Override
        public long refreshes() {
            return refreshes;
        }

        @Override
        public boolean isReady() {
            return ready.isDone();
        }

        @Override
        public Uni<Void> ready() {
            return Uni.createFrom().emitter(emitter -> ready.thenRun(() -> emitter.complete(null)));
        }

        @Override
        public FlagDefinitionsStatus status() {
            return new FlagDefinitionsStatus(true, evaluator != null, 0, Optional.empty(), Optional.empty(), Optional.empty(),
                    1);
        }

        @Override
        public Uni<FlagDefinitionsStatus> reload() {
            refreshes++;
            return Uni.createFrom().item(this::status);
        }

        @Override
        public Uni<Void> stop() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void close() {
            // Holds nothing
        }
    }
}
