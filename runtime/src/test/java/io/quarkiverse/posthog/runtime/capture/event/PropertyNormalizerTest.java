package io.quarkiverse.posthog.runtime.capture.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.databind.util.TokenBuffer;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.capture.TestPipeline;
import io.quarkiverse.posthog.runtime.config.TestAccounts;

/** Values as PostHog's parser accepts them. */
class PropertyNormalizerTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @RegisterExtension
    final LogLines log = new LogLines();

    /** Numbers that JSON does not have, or that PostHog's parser rejects. */
    private static final List<Number> REJECTED = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
            new BigDecimal("1E+400"), new BigDecimal("-1E+400"), new BigDecimal("1E+309"), new BigDecimal("1.8E+308"),
            new BigDecimal("1E+1000000000"), new BigDecimal("-1E+2147483647"), new BigDecimal("9".repeat(400)),
            new BigDecimal("9".repeat(400) + ".5"), new BigDecimal("1" + "0".repeat(5_000)),
            BigInteger.TEN.pow(309), BigInteger.TEN.pow(320).negate(), BigInteger.TEN.pow(5_000),
            BigInteger.TWO.pow(1024), new Custom("1E+400"), new Custom("-1e99999999999"), new Custom("NaN"),
            new Custom("Infinity"), new Custom("7".repeat(2_000)));

    /** Values with a number in them, and where it is then. */
    private static final Map<String, Map.Entry<Function<Number, Object>, String>> CONTAINERS = Map.ofEntries(
            entry("value", entry(number -> number, "")),
            entry("list", entry(number -> Arrays.asList(1, number), "/1")),
            entry("nested list", entry(number -> List.of(List.of(Map.of("a", List.of(number)))), "/0/0/a/0")),
            entry("array", entry(number -> new Object[] { "a", number }, "/1")),
            entry("array of numbers", entry(number -> new Number[] { number }, "/0")),
            entry("map", entry(number -> Map.of("a", number), "/a")),
            entry("map by number", entry(number -> Map.of(7, number), "/7")),
            entry("map by enum", entry(number -> Map.of(DropReason.INVALID, number), "/INVALID")),
            entry("record", entry(number -> new Amount(number), "/value")),
            entry("bean", entry(Bean::new, "/value")),
            entry("bean in a list", entry(number -> List.of(new Bean(new Amount(number))), "/0/value/value")),
            entry("Optional", entry(Optional::of, "")),
            entry("list of Optional", entry(number -> List.of(Optional.of(number)), "/0")),
            entry("AtomicReference", entry(AtomicReference::new, "")),
            entry("Stream", entry(Stream::of, "/0")),
            entry("Iterable", entry(number -> (Iterable<Number>) List.of(number)::iterator, "/0")),
            entry("JsonNode", entry(PropertyNormalizerTest::node, "")),
            entry("ObjectNode", entry(number -> NODES.objectNode().set("a", node(number)), "/a")),
            entry("ArrayNode", entry(number -> NODES.arrayNode().add(node(number)), "/0")),
            entry("POJONode", entry(number -> NODES.pojoNode(List.of(number)), "/0")),
            entry("TokenBuffer", entry(PropertyNormalizerTest::buffer, "/a")),
            entry("RawValue", entry(number -> new RawValue("{\"a\":" + number + "}"), "/a")),
            entry("serializer", entry(Raw::new, "/0")),
            entry("serializer of text", entry(Written::new, "")));

    static Stream<Arguments> rejectedNumbers() {
        return REJECTED.stream().flatMap(number -> CONTAINERS.entrySet().stream().map(container -> arguments(
                number.getClass().getSimpleName() + " " + abbreviated(number), container.getKey(),
                container.getValue().getKey().apply(number), container.getValue().getValue())));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("rejectedNumbers")
    @Tag("VAL-1")
    void aNumberThatPostHogDoesNotAcceptIsNull(String number, String container, Object value, String pointer) {
        JsonNode sent = sent(value);

        assertThat(sent.at(pointer).isNull()).as(sent.toString()).isTrue();
    }

    @Test
    @Tag("VAL-1")
    void arraysOfPrimitivesHaveNullForWhatIsNotANumber() {
        assertThat(sent(new double[] { 1, Double.NaN, Double.NEGATIVE_INFINITY })).hasToString("[1,null,null]");
        assertThat(sent(new float[] { 1, Float.NaN, Float.POSITIVE_INFINITY })).hasToString("[1,null,null]");
        assertThat(sent(new double[][] { { Double.NaN }, {} })).hasToString("[[null],[]]");
        assertThat(sent(OptionalDouble.of(Double.NaN)).isNull()).isTrue();
        assertThat(sent(DoubleStream.of(1, Double.NaN).boxed())).hasToString("[1,null]");
    }

    @Test
    @Tag("VAL-1")
    void namesThatLookLikeNumbersStay() {
        assertThat(sent(Map.of(Double.NaN, 1))).hasToString("{\"NaN\":1}");
        assertThat(sent(Map.of(new BigDecimal("1E+400"), 1))).hasToString("{\"1E+400\":1}");
        assertThat(sent(List.of("NaN", "1E+400"))).hasToString("[\"NaN\",\"1E+400\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "49.90", "-1E+307", "1.7976931348623157E+308", "5E-324", "1E-400", "1E-1000000000",
            "0E+1000000000", "0E-1000000000" })
    @Tag("VAL-1")
    void aNumberInTheRangeOfADoubleKeepsItsValue(String text) {
        BigDecimal number = new BigDecimal(text);

        for (Object value : List.of(number, new Amount(number), new RawValue(text), List.of(new Custom(text)))) {
            JsonNode sent = sent(value);
            JsonNode found = sent.isContainerNode() ? sent.elements().next() : sent;
            assertThat(found.doubleValue()).as(value + " as " + sent).isEqualTo(number.doubleValue());
            assertThat(found.isNumber()).isTrue();
        }
    }

    @Test
    @Tag("VAL-1")
    @Tag("V0-2")
    void ordinaryNumbersKeepTheirDigits() {
        assertThat(json(Arrays.asList(1, 2L, (short) 3, (byte) 4, 0.1, 0.1f, new BigDecimal("49.91"), BigInteger.TEN.pow(30),
                new AtomicLong(5), new Amount(new BigDecimal("49.91")), new Amount(0.1f), new Amount(2))))
                .isEqualTo("[1,2,3,4,0.1,0.1,49.91,1" + "0".repeat(30) + ",5,{\"value\":49.91},{\"value\":0.1},{\"value\":2}]");
        assertThat(json(new Amount(BigInteger.TEN.pow(300)))).isEqualTo("{\"value\":1" + "0".repeat(300) + "}");
        assertThat(json(BigInteger.TEN.pow(300))).isEqualTo("1" + "0".repeat(300));
    }

    @Test
    @Tag("VAL-1")
    void aLongFractionIsSentWithThePrecisionThatPostHogHas() {
        BigDecimal third = new BigDecimal("0." + "3".repeat(5_000));

        assertThat(sent(third).doubleValue()).isEqualTo(1 / 3.0);
        assertThat(sent(new Amount(third)).path("value").doubleValue()).isEqualTo(1 / 3.0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u0000", "\uD83D", "\uDE00", "\uDE00\uD83D" })
    @Tag("VAL-2")
    void textThatPostHogDoesNotAcceptIsReplaced(String odd) {
        TestPipeline posthog = TestPipeline.of();
        String text = "a" + odd + "b\uD83D\uDE00";
        String expected = "a" + "\uFFFD".repeat(odd.length()) + "b\uD83D\uDE00";

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of(text, text).property(text, text).group(text, text)
                .property("list", List.of(text, Map.of(text, text)))
                .property("record", new Amount(text)).property("map", Map.of(1, text)).property("char", text.charAt(1))));

        JsonNode event = posthog.sent().get(0);
        assertThat(event.path("event").asText()).isEqualTo(expected);
        assertThat(event.path("distinct_id").asText()).isEqualTo(expected);
        JsonNode properties = event.path("properties");
        assertThat(properties.path(expected).asText()).isEqualTo(expected);
        assertThat(properties.path("$groups").path(expected).asText()).isEqualTo(expected);
        assertThat(properties.at("/list/0").asText()).isEqualTo(expected);
        assertThat(properties.at("/list/1").path(expected).asText()).isEqualTo(expected);
        assertThat(properties.at("/record/value").asText()).isEqualTo(expected);
        assertThat(properties.at("/map/1").asText()).isEqualTo(expected);
        assertThat(properties.path("char").asText()).isEqualTo("\uFFFD");
    }

    @Test
    @Tag("VAL-1")
    @Tag("VAL-2")
    void protocolV1ReplacesTheSame() {
        TestPipeline posthog = TestPipeline.of("capture.protocol", "v1");

        posthog.pipeline
                .capture(CaptureRequest
                        .of(CaptureEvent.of("a\u0000", "b\uD800").sessionId("s\u0000").property("n", BigInteger.TEN.pow(400))));

        JsonNode event = posthog.sent().get(0);
        assertThat(event.path("event").asText()).isEqualTo("a\uFFFD");
        assertThat(event.path("distinct_id").asText()).isEqualTo("b\uFFFD");
        assertThat(event.path("session_id").asText()).isEqualTo("s\uFFFD");
        assertThat(event.at("/properties/n").isNull()).isTrue();
    }

    @Test
    @Tag("CAP-2")
    void whatIsNotJsonIsInvalid() {
        TestPipeline posthog = TestPipeline.of();
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        for (Object value : List.of(endless, new Custom("3/4"), new RawValue("{"), new Self(), nested(101))) {
            assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").property("odd", value))))
                    .isEmpty();
        }
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.INVALID, 5L));
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").property("deep", nested(100)))))
                .isPresent();
        assertThat(posthog.pipeline
                .capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").property("deep", new Amount(nested(98))))))
                .isPresent();
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static JsonNode sent(Object value) {
        TestPipeline posthog = TestPipeline.of();
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").property("sent", value))))
                .isPresent();
        return posthog.sent().get(0).at("/properties/sent");
    }

    private static String json(Object value) {
        return sent(value).toString();
    }

    private static String abbreviated(Number number) {
        String text = number.toString();
        return text.length() < 30 ? text : text.substring(0, 30) + "...";
    }

    private static JsonNode node(Number number) {
        return number instanceof Custom ? NODES.pojoNode(number) : TestAccounts.mapper().valueToTree(number);
    }

    private static TokenBuffer buffer(Number number) {
        TokenBuffer buffer = new TokenBuffer(TestAccounts.mapper(), false);
        try {
            buffer.writeStartObject();
            buffer.writeObjectField("a", number);
            buffer.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return buffer;
    }

    record Amount(Object value) {
    }

    public static final class Bean {

        private final Object value;

        Bean(Object value) {
            this.value = value;
        }

        public Object getValue() {
            return value;
        }
    }

    public static final class Self {

        public Self getSelf() {
            return this;
        }
    }

    @JsonSerialize(using = Raw.Serializer.class)
    record Raw(Number number) {

        static final class Serializer extends JsonSerializer<Raw> {

            @Override
            public void serialize(Raw raw, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeStartArray();
                json.writeRawValue(raw.number().toString());
                json.writeEndArray();
            }
        }
    }

    @JsonSerialize(using = Written.Serializer.class)
    record Written(Number number) {

        static final class Serializer extends JsonSerializer<Written> {

            @Override
            public void serialize(Written written, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeNumber(written.number().toString());
            }
        }
    }

    /** A number of the application, which Jackson writes as its text. */
    static final class Custom extends Number {

        private static final long serialVersionUID = 1;

        private final String text;

        Custom(String text) {
            this.text = text;
        }

        @Override
        public int intValue() {
            return (int) doubleValue();
        }

        @Override
        public long longValue() {
            return (long) doubleValue();
        }

        @Override
        public float floatValue() {
            return (float) doubleValue();
        }

        @Override
        public double doubleValue() {
            return Double.parseDouble(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
