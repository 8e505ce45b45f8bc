package io.quarkiverse.posthog.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.MutableStructure;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import dev.openfeature.sdk.exceptions.TypeMismatchError;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagContext;

/** Every kind of value, in contexts and in the details of tracking. */
class ValueMapperTest {

    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final List<CaptureEvent> captured = new ArrayList<>();
    private final PostHogProvider provider = new PostHogProvider((PostHog) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] { PostHog.class }, (proxy, method, arguments) -> {
                if (method.getName().equals("capture")) {
                    captured.add((CaptureEvent) arguments[0]);
                    return Optional.empty();
                }
                return "default";
            }));

    static Stream<Arguments> values() {
        return Stream.of(
                value("null", null, null),
                value("no value", new Value(), null),
                value("true", new Value(true), true),
                value("string", new Value("pro"), "pro"),
                value("empty string", new Value(""), ""),
                value("integer", new Value(42), 42),
                value("long", new Value(9_007_199_254_740_993L), 9_007_199_254_740_993L),
                value("double", new Value(0.5), 0.5),
                value("whole double", new Value(2.0), 2.0),
                value("instant", new Value(MOMENT), "2026-01-02T03:04:05.678901Z"),
                value("empty list", new Value(List.of()), List.of()),
                value("list", list(new Value("a"), new Value(1)), List.of("a", 1)),
                value("list with null", list(new Value("a"), null), Arrays.asList("a", null)),
                value("list of nulls", list(null, null), Arrays.asList(null, null)),
                value("list with no value", list(new Value(), new Value("a")), Arrays.asList(null, "a")),
                value("list of instants with null", list(new Value(MOMENT), null), Arrays.asList(MOMENT.toString(), null)),
                value("nested lists with null", list(list(null, new Value(1)), null),
                        Arrays.asList(Arrays.asList(null, 1), null)),
                value("list of structures with null", list(structure("name", new Value("a")), null),
                        Arrays.asList(Map.of("name", "a"), null)),
                value("empty structure", new Value(new ImmutableStructure()), Map.of()),
                value("structure", structure("a", new Value(1)), Map.of("a", 1)),
                value("structure with null", structure("a", null), Collections.singletonMap("a", null)),
                value("structure with no value", structure("a", new Value()), Collections.singletonMap("a", null)),
                value("structure with a list with null", structure("a", list(null, new Value(1))),
                        Map.of("a", Arrays.asList(null, 1))),
                value("structure in a structure", structure("a", structure("b", new Value(MOMENT))),
                        Map.of("a", Map.of("b", MOMENT.toString()))));
    }

    private static Arguments value(String name, Value value, Object expected) {
        return Arguments.argumentSet(name, value, expected);
    }

    private static Value list(Value... elements) {
        return new Value(Arrays.asList(elements));
    }

    private static Value structure(String name, Value value) {
        return new Value(new MutableStructure(new LinkedHashMap<>(Collections.singletonMap(name, value))));
    }

    @ParameterizedTest
    @MethodSource("values")
    @Tag("OFP-12")
    void anAttributeIsAPropertyOfThePerson(Value value, Object expected) {
        FlagContext context = ContextMapper.of(context("attribute", value));

        assertThat(context.personProperties()).containsEntry("attribute", expected).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("values")
    @Tag("OFP-12")
    void anAttributeOfAGroupIsAPropertyOfTheGroup(Value value, Object expected) {
        FlagContext context = ContextMapper.of(context(PostHogProvider.GROUP_PROPERTIES,
                structure("company", structure("attribute", value))));

        assertThat(context.groupProperties().get("company")).containsEntry("attribute", expected).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("values")
    @Tag("OFP-12")
    void aDetailOfTrackingIsAPropertyOfTheEvent(Value value, Object expected) {
        MutableTrackingEventDetails details = new MutableTrackingEventDetails(49.99);
        details.add("attribute", value);

        provider.track("purchase", new ImmutableContext("zoe"), details);

        assertThat(captured).singleElement().satisfies(event -> {
            assertThat(event.distinctId()).isEqualTo("zoe");
            assertThat(event.properties()).containsEntry("attribute", expected).containsEntry("value", 49.99).hasSize(2);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            zoe  | zoe
            ''   | none
            '  ' | none
            7    | 7
            """)
    @Tag("OFP-12")
    void aBlankTargetingKeyIsThePersonOfTheRequest(String key, String distinctId) {
        assertThat(ContextMapper.of(new ImmutableContext(key)).distinctId()).isEqualTo(distinctId);

        provider.track("purchase", new ImmutableContext(key), null);
        assertThat(captured).singleElement()
                .isEqualTo(distinctId == null ? CaptureEvent.of("purchase") : CaptureEvent.of("purchase", distinctId));
    }

    @Test
    @Tag("OFP-12")
    void aTargetingKeyMayBeANumber() {
        MutableContext context = context("targetingKey", new Value(7.0));

        assertThat(ContextMapper.of(context).distinctId()).isEqualTo("7");
    }

    @Test
    @Tag("OFP-12")
    void theKeyOfAGroupMayBeANumberOrMissing() {
        Map<String, Value> groups = new LinkedHashMap<>();
        groups.put("company", new Value("acme"));
        groups.put("project", new Value(7));
        groups.put("team", new Value(8.0));
        groups.put("office", new Value());
        groups.put("house", null);
        groups.put("street", new Value(" "));

        assertThat(ContextMapper.of(context(PostHogProvider.GROUPS, new Value(new MutableStructure(groups)))).groups())
                .isEqualTo(Map.of("company", "acme", "project", "7", "team", "8"));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("targetingKey", new Value(true)),
                Arguments.of("targetingKey", list(new Value("zoe"))),
                Arguments.of("deviceId", structure("id", new Value("phone"))),
                Arguments.of("deviceId", list((Value) null)),
                Arguments.of("groups", list(new Value("acme"), null)),
                Arguments.of("groups", structure("company", structure("key", new Value("acme")))),
                Arguments.of("groups", structure("company", new Value(false))),
                Arguments.of("groupProperties", structure("company", new Value("acme"))));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    @Tag("OFP-12")
    void anAttributeOfAnotherTypeIsAnInvalidContextButNeverFailsTracking(String attribute, Value value) {
        MutableContext context = context(attribute, value);

        assertThatThrownBy(() -> ContextMapper.of(context)).isInstanceOf(InvalidContextError.class)
                .hasMessageContaining(attribute);

        provider.track("purchase", context, null);
        assertThat(captured).containsExactly(CaptureEvent.of("purchase"));
    }

    @Test
    @Tag("OFP-12")
    void aValueThatContainsItselfIsInvalidButNeverFailsTracking() {
        MutableStructure endless = new MutableStructure();
        endless.add("self", endless);
        MutableTrackingEventDetails details = new MutableTrackingEventDetails(1);
        details.add("endless", endless);

        assertThatThrownBy(() -> ContextMapper.of(context("endless", new Value(endless))))
                .isInstanceOf(InvalidContextError.class);
        provider.track("purchase", null, details);

        assertThat(captured).containsExactly(CaptureEvent.of("purchase").property("value", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": null}              | {a=null}
            [null, 1, "x", true]     | [null, 1, x, true]
            [[null], {"a": [null]}]  | [[null], {a=[null]}]
            [9007199254740993, 0.5]  | [9007199254740993, 0.5]
            [123456789012345678901]  | [1.2345678901234568E20]
            {}                       | {}
            """)
    @Tag("OFP-12")
    void aPayloadIsTheSameValue(String json, String expected) throws Exception {
        Value value = ValueMapper.of(new ObjectMapper().readTree(json));

        assertThat(ValueMapper.toObject(value)).hasToString(expected);
    }

    @Test
    @Tag("OFP-12")
    void aNumberThatIsTooLargeForADoubleIsAMismatch() throws Exception {
        var json = new ObjectMapper().readTree("[1e400]");

        assertThatThrownBy(() -> ValueMapper.of(json)).isInstanceOf(TypeMismatchError.class);
    }

    private static MutableContext context(String attribute, Value value) {
        return new MutableContext(new LinkedHashMap<>(Collections.singletonMap(attribute, value)));
    }
}
