package io.quarkiverse.posthog.runtime.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Flags by the OpenFeature API. */
class OpenFeatureTest {

    private static final EvaluationContext PERSON = new ImmutableContext(TestEvaluations.PERSON);

    private final TestEvaluations test = TestEvaluations.of();
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private FlagDefinitionsStatus definitions = status(false, false, null);
    private PostHogProvider provider;
    private Client client;

    @BeforeEach
    void register() {
        register(Duration.ofSeconds(10));
    }

    private void register(Duration timeout) {
        provider = new PostHogProvider(postHog(), timeout);
        api.setProviderAndWait(provider);
        client = api.getClient();
    }

    @AfterEach
    void deregister() {
        Infrastructure.resetCanCallerThreadBeBlockedSupplier();
        api.shutdown();
    }

    @Test
    @Tag("OFP-1")
    void theTargetingKeyIsTheDistinctId() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(client.getBooleanValue("beta-ui", false, PERSON)).isTrue();

        assertThat(asked().path("distinct_id").asText()).isEqualTo(TestEvaluations.PERSON);
        assertThat(asked().path("person_properties")).isEmpty();
        assertThat(asked().at("/flag_keys_to_evaluate")).hasToString("[\"beta-ui\"]");
    }

    @Test
    @Tag("OFP-1")
    void withoutATargetingKeyItIsWhoeverMakesTheRequest() {
        test.inRequest = new RequestData("zoe", null, Map.of("company", "acme"), Map.of());
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(client.getBooleanValue("beta-ui", false)).isTrue();

        assertThat(asked().path("distinct_id").asText()).isEqualTo("zoe");
        assertThat(asked().at("/groups/company").asText()).isEqualTo("acme");
    }

    @Test
    @Tag("OFP-1")
    void forNobodyNothingIsEvaluated() {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("beta-ui", true);

        assertThat(details.getValue()).isTrue();
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
        assertThat(details.getErrorMessage()).contains("beta-ui", "targeting key", "PostHogContext");
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("OFP-2")
    void attributesArePropertiesOfThePersonAndGroupsAreGroups() {
        client.getBooleanValue("beta-ui", false, new ImmutableContext(TestEvaluations.PERSON, Map.of(
                "plan", new Value("pro"),
                "age", new Value(42),
                "id", new Value(9_000_000_000L),
                "since", new Value(Instant.parse("2025-01-02T03:04:05Z")),
                "tags", new Value(List.of(new Value("a"), new Value(true))),
                "deviceId", new Value("device-1"),
                "groups", structure(Map.of("company", "acme", "project", 7)),
                "groupProperties", structure(Map.of("company", Map.of("employees", 42))))));

        assertThat(asked().path("person_properties")).isEqualTo(json("{'plan': 'pro', 'age': 42, 'id': 9000000000, "
                + "'since': '2025-01-02T03:04:05Z', 'tags': ['a', true]}"));
        assertThat(asked().path("$device_id").asText()).isEqualTo("device-1");
        assertThat(asked().path("groups")).isEqualTo(json("{'company': 'acme', 'project': '7'}"));
        assertThat(asked().path("group_properties")).isEqualTo(json("{'company': {'employees': 42}}"));
    }

    @Test
    @Tag("OFP-2")
    void attributesMayBeNothing() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        EvaluationContext context = new ImmutableContext(TestEvaluations.PERSON, Map.of("plan", new Value(),
                "groups", new Value(), "groupProperties", new Value(), "deviceId", new Value()));
        assertThat(client.getBooleanValue("beta-ui", false, context)).isTrue();

        assertThat(asked().path("person_properties")).isEqualTo(json("{'plan': null}"));
        assertThat(asked().path("groups")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "groups, acme", "groupProperties, acme" })
    @Tag("OFP-2")
    void groupsThatAreNoneAreAnInvalidContext(String attribute, String value) {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("beta-ui", true,
                new ImmutableContext(TestEvaluations.PERSON, Map.of(attribute, new Value(value))));

        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
        assertThat(details.getErrorMessage()).contains("'" + attribute + "'", "structure", "String");
        assertThat(test.postHog.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "false, false", "short, true" })
    @Tag("OFP-3")
    void aBooleanIsWhetherTheFlagIsOn(String value, boolean enabled) {
        test.postHog.answers(FlagsStub.flags("beta-ui", value));

        assertThat(client.getBooleanValue("beta-ui", !enabled, PERSON)).isEqualTo(enabled);
    }

    @Test
    @Tag("OFP-3")
    void aStringIsTheVariant() {
        test.postHog.answers(FlagsStub.flags("layout", "short"));

        FlagEvaluationDetails<String> details = client.getStringDetails("layout", "long", PERSON);

        assertThat(details.getValue()).isEqualTo("short");
        assertThat(details.getVariant()).isEqualTo("short");
    }

    @ParameterizedTest
    @CsvSource({ "true, 42, 42", "short, 42, 42", "7, 42, 7", "true, 42.0, 42" })
    @Tag("OFP-3")
    void aWholeNumberIsTheVariantOrElseThePayload(String value, String payload, int expected) {
        answers("limit", value, payload);

        assertThat(client.getIntegerValue("limit", 0, PERSON)).isEqualTo(expected);
        assertThat(client.getLongValue("limit", 0L, PERSON)).isEqualTo(expected);
        assertThat(client.getDoubleValue("limit", 0.0, PERSON)).isEqualTo(expected);
    }

    @Test
    @Tag("OFP-3")
    void numbersKeepTheirSize() {
        answers("limit", "true", "9007199254740993");
        assertThat(client.getLongValue("limit", 0L, PERSON)).isEqualTo(9_007_199_254_740_993L);

        answers("limit", "0.25", "1");
        assertThat(client.getDoubleValue("limit", 0.0, PERSON)).isEqualTo(0.25);
    }

    @Test
    @Tag("OFP-3")
    void anObjectIsThePayload() {
        answers("teaser", "true", "{\\\"color\\\": \\\"blue\\\", \\\"sizes\\\": [1, 0.5, 9000000000, null, true]}");

        Structure teaser = client.getObjectValue("teaser", new Value(), PERSON).asStructure();

        assertThat(teaser.getValue("color").asString()).isEqualTo("blue");
        assertThat(teaser.getValue("sizes").asList()).containsExactly(new Value(1), new Value(0.5),
                new Value(9_000_000_000L), new Value(), new Value(true));
    }

    @Test
    @Tag("OFP-4")
    void aFlagThatIsOffHasTheDefaultOfTheCaller() {
        test.postHog.answers("{'flags': {" + FlagsStub.flag("off", "false", reason("no_condition_match")) + "}}");

        assertThat(client.getStringDetails("off", "long", PERSON)).satisfies(details -> {
            assertThat(details.getValue()).isEqualTo("long");
            assertThat(details.getReason()).isEqualTo("DEFAULT");
            assertThat(details.getErrorCode()).isNull();
        });
        assertThat(client.getIntegerValue("off", 3, PERSON)).isEqualTo(3);
        assertThat(client.getObjectValue("off", new Value("none"), PERSON)).isEqualTo(new Value("none"));
    }

    @ParameterizedTest
    @CsvSource({ "true, condition_match, TARGETING_MATCH", "short, condition_match, TARGETING_MATCH",
            "true, super_condition_value, TARGETING_MATCH", "false, out_of_rollout_bound, DEFAULT",
            "short, holdout_condition_value, TARGETING_MATCH", "false, no_condition_match, DEFAULT",
            "false, flag_disabled, DISABLED", "true, something_new, TARGETING_MATCH" })
    @Tag("OFP-5")
    void theReasonIsOneOfOpenFeature(String value, String code, String expected) {
        test.postHog.answers("{'flags': {" + FlagsStub.flag("beta-ui", value, reason(code)) + "}}");

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("beta-ui", false, PERSON);

        assertThat(details.getReason()).isEqualTo(expected);
        assertThat(details.getFlagMetadata().getString("reason_code")).isEqualTo(code);
    }

    @Test
    @Tag("OFP-5")
    void whatElseIsKnownIsMetadata() {
        test.define(TestEvaluations.defined("layout", "short"));

        ImmutableMetadata metadata = client.getStringDetails("layout", "long", PERSON).getFlagMetadata();

        assertThat(metadata.asUnmodifiableMap()).isEqualTo(Map.of("id", 7L, "version", 3, "config_version", 1,
                "reason_code", "condition_match", "condition_index", 0, "variant_key", "short", "contextId",
                TestEvaluations.PERSON));
    }

    @Test
    @Tag("OFP-14")
    void typedValuesAreNotConverted() {
        test.postHog.answers("{'flags': {" + typed("on", "true") + "," + typed("limit", "25") + "," + typed("text", "'7'") + ","
                + typed("config", "{'steps': [1]}") + "," + typed("null", "null") + "}}");

        assertThat(client.getBooleanDetails("on", false, PERSON)).satisfies(details -> {
            assertThat(details.getValue()).isTrue();
            assertThat(details.getReason()).isEqualTo("SPLIT");
            assertThat(details.getVariant()).isEqualTo("arm");
            assertThat(details.getFlagMetadata().getString("rule_type")).isEqualTo("experiment");
        });
        assertThat(client.getIntegerValue("limit", 1, PERSON)).isEqualTo(25);
        assertThat(client.getLongValue("limit", 1L, PERSON)).isEqualTo(25L);
        assertThat(client.getDoubleValue("limit", 1.0, PERSON)).isEqualTo(25.0);
        assertThat(client.getObjectValue("config", new Value(), PERSON).asStructure().getValue("steps").asList())
                .containsExactly(new Value(1));
        assertThat(client.getIntegerDetails("text", 1, PERSON).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getBooleanDetails("text", true, PERSON).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getObjectDetails("limit", new Value("none"), PERSON).getValue()).isEqualTo(new Value("none"));
        assertThat(client.getBooleanDetails("null", true, PERSON)).satisfies(details -> {
            assertThat(details.getValue()).isTrue();
            assertThat(details.getErrorCode()).isNull();
        });
    }

    @Test
    @Tag("OFP-14")
    void aFlagWithoutItsGroupIsAnInvalidContext() {
        test.postHog.answers("{'flags': {'a': {'value': null, 'reason': {'code': 'missing_group_key'}, "
                + "'metadata': {'config_version': 2}}}}");

        assertThat(client.getBooleanDetails("a", true, PERSON).getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
    }

    private static String typed(String key, String value) {
        return "'" + key + "': {'value': " + value + ", 'reason': {'code': 'experiment_split'}, 'metadata': "
                + "{'config_version': 2, 'rule_type': 'experiment', 'variant_key': 'arm'}}";
    }

    @Test
    @Tag("OFP-6")
    void anUnknownFlagIsNotFound() {
        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("nonsense", true, PERSON);

        assertThat(details.getValue()).isTrue();
        assertThat(details.getReason()).isEqualTo("ERROR");
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(details.getErrorMessage()).contains("'nonsense'", "'default'");
    }

    @Test
    @Tag("OFP-6")
    void whatCanNotBeEvaluatedIsAGeneralError() {
        test.postHog.answers("{'flags': {}, 'quotaLimited': ['feature_flags']}");

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("beta-ui", true, PERSON);

        assertThat(details.getValue()).isTrue();
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(details.getErrorMessage()).contains("'beta-ui'", "quota_limited");
    }

    @Test
    @Tag("OFP-6")
    void anotherTypeIsAMismatchThatStillHasItsMetadata() {
        answers("beta-ui", "true", "\\\"text\\\"");

        assertThat(client.getStringDetails("beta-ui", "x", PERSON)).satisfies(details -> {
            assertThat(details.getValue()).isEqualTo("x");
            assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
            assertThat(details.getErrorMessage()).contains("'beta-ui'", "no variant");
            assertThat(details.getFlagMetadata().getString("contextId")).isEqualTo(TestEvaluations.PERSON);
        });
        assertThat(client.getIntegerDetails("beta-ui", 1, PERSON).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getDoubleDetails("beta-ui", 1.0, PERSON).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getObjectDetails("beta-ui", new Value(), PERSON).getErrorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({ "1.5", "3000000000", "1e300" })
    @Tag("OFP-6")
    void aNumberThatDoesNotFitIsAMismatch(String payload) {
        answers("limit", "true", payload);

        assertThat(client.getIntegerDetails("limit", 1, PERSON).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @Test
    @Tag("OFP-6")
    void aPayloadThatIsNoJsonCanNotBeParsedAndIsNotShown() {
        answers("teaser", "true", "{secret");

        FlagEvaluationDetails<Value> details = client.getObjectDetails("teaser", new Value("none"), PERSON);

        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(details.getErrorMessage()).contains("'teaser'").doesNotContain("secret");
        assertThat(details.getValue()).isEqualTo(new Value("none"));
    }

    @Test
    @Tag("OFP-7")
    void whoeverIsEvaluatedIsExposed() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        client.getBooleanValue("beta-ui", false, PERSON);
        client.getBooleanValue("beta-ui", false, PERSON);

        assertThat(test.exposures()).singleElement().satisfies(event -> {
            assertThat(event.at("/properties/$feature_flag").asText()).isEqualTo("beta-ui");
            assertThat(event.path("distinct_id").asText()).isEqualTo(TestEvaluations.PERSON);
        });
    }

    @Test
    @Tag("OFP-8")
    void whereNothingMayBeWaitedForFlagsAreEvaluatedInThisProcess() {
        test.define(TestEvaluations.defined("layout", "short"));
        definitions = status(true, true, null);
        Infrastructure.setCanCallerThreadBeBlockedSupplier(() -> false);

        assertThat(client.getStringValue("layout", "long", PERSON)).isEqualTo("short");
        assertThat(test.postHog.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "false, false, GENERAL, flags.local-evaluation", "true, false, PROVIDER_NOT_READY, not loaded yet",
            "true, true, GENERAL, can't be evaluated locally" })
    @Tag("OFP-8")
    void whereNothingMayBeWaitedForPostHogIsNotAsked(boolean enabled, boolean loaded, ErrorCode code, String hint) {
        test.define(TestEvaluations.definedForPro("pro-only"));
        definitions = status(enabled, loaded, null);
        Infrastructure.setCanCallerThreadBeBlockedSupplier(() -> false);

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("pro-only", true, PERSON);

        assertThat(details.getValue()).isTrue();
        assertThat(details.getErrorCode()).isEqualTo(code);
        assertThat(details.getErrorMessage()).contains("'pro-only'", "event loop", hint);
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("OFP-8")
    void nobodyWaitsForPostHogForLong() {
        test.postHog.next(Uni.createFrom().nothing());
        register(Duration.ofMillis(20));

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("beta-ui", true, PERSON);

        assertThat(details.getValue()).isTrue();
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(details.getErrorMessage()).contains("'beta-ui'", "20 ms");
    }

    @Test
    @Tag("OFP-9")
    void changedDefinitionsAreAnEventWithTheirKeys() throws Exception {
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        client.onProviderConfigurationChanged(events::add);

        provider.definitionsChanged(new FlagDefinitionsChangedEvent("another", Set.of("x")));
        provider.definitionsChanged(new FlagDefinitionsChangedEvent("default", Set.of("beta-ui", "a")));

        assertThat(next(events).getFlagsChanged()).containsExactly("a", "beta-ui");
        assertThat(events).isEmpty();
    }

    @Test
    @Tag("OFP-9")
    void howDefinitionsStandIsTheStateOfTheProvider() throws Exception {
        BlockingQueue<EventDetails> stale = new LinkedBlockingQueue<>();
        BlockingQueue<EventDetails> errors = new LinkedBlockingQueue<>();
        BlockingQueue<EventDetails> ready = new LinkedBlockingQueue<>();
        client.onProviderStale(stale::add).onProviderError(errors::add).onProviderReady(ready::add);
        next(ready);

        definitions = status(true, true, "PostHog responded with 500");
        provider.refreshState();
        provider.refreshState();
        assertThat(next(stale).getMessage()).contains("'default'", "PostHog responded with 500");
        assertThat(client.getProviderState()).isEqualTo(ProviderState.STALE);

        definitions = status(true, false, "PostHog responded with 401");
        provider.refreshState();
        assertThat(next(errors).getMessage()).contains("PostHog responded with 401");

        definitions = status(true, true, null);
        provider.refreshState();
        next(ready);
        assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
        assertThat(stale).isEmpty();
    }

    @Test
    @Tag("OFP-10")
    void whatIsTrackedIsCaptured() {
        client.track("purchase", new ImmutableContext(TestEvaluations.PERSON,
                Map.of("plan", new Value("pro"), "groups", structure(Map.of("company", "acme")))),
                new MutableTrackingEventDetails(49.99).add("currency", "EUR"));

        assertThat(test.capture.sent()).singleElement().satisfies(event -> {
            assertThat(event.path("event").asText()).isEqualTo("purchase");
            assertThat(event.path("distinct_id").asText()).isEqualTo(TestEvaluations.PERSON);
            assertThat(event.at("/properties/value").asDouble()).isEqualTo(49.99);
            assertThat(event.at("/properties/currency").asText()).isEqualTo("EUR");
            assertThat(event.at("/properties/$groups/company").asText()).isEqualTo("acme");
            assertThat(event.path("properties").has("plan")).isFalse();
        });
    }

    @Test
    @Tag("OFP-10")
    void trackingFailsForNobody() {
        client.track("clicked");
        client.track("clicked", new ImmutableContext(Map.of("groups", new Value("acme"))));

        assertThat(test.capture.sent()).hasSize(2);
    }

    private PostHog postHog() {
        return (PostHog) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { PostHog.class },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "account" -> "default";
                    case "capture" -> test.capture.pipeline.capture(CaptureRequest.of((CaptureEvent) arguments[0]));
                    case "flagDefinitionsStatus" -> definitions;
                    default -> method.invoke(test.flags, arguments);
                });
    }

    private static FlagDefinitionsStatus status(boolean enabled, boolean loaded, String failure) {
        return new FlagDefinitionsStatus(enabled, loaded, 0, Optional.empty(), Optional.empty(),
                Optional.ofNullable(failure), 1);
    }

    private void answers(String flag, String value, String payload) {
        String metadata = ", 'metadata': {'payload': '" + payload + "'}";
        test.postHog.answers("{'flags': {" + FlagsStub.flag(flag, value, metadata) + "}}");
    }

    private static String reason(String code) {
        return ", 'reason': {'code': '" + code + "'}";
    }

    private JsonNode asked() {
        assertThat(test.postHog.requests).hasSize(1);
        return test.postHog.requests.get(0);
    }

    private static JsonNode json(String json) {
        try {
            return TestAccounts.mapper().readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value structure(Map<String, Object> members) {
        return new Value(Structure.mapToStructure(members));
    }

    private static EventDetails next(BlockingQueue<EventDetails> events) throws InterruptedException {
        EventDetails event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }
}
