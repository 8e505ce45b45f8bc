package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever PostHog parses JSON strictly, the emulator accepts and rejects the same documents. */
class EmulatorStrictJsonTest extends EmulatorTestBase {

    /** A body with a value in it, given how deep the value is nested and how the body ends. */
    private static final Map<String, Body> BODIES = Map.of(
            "/batch/", new Body(4, value -> "{\"api_key\": \"phc_emulator\", \"batch\": [{\"event\": \"a\","
                    + " \"distinct_id\": \"d\", \"properties\": {\"x\": " + value + "}}]}"),
            "/i/v0/e/", new Body(2, value -> "{\"api_key\": \"phc_emulator\", \"event\": \"a\", \"distinct_id\": \"d\","
                    + " \"properties\": {\"x\": " + value + "}}"),
            "/i/v0/ai/batch/", new Body(4, value -> "{\"api_key\": \"phc_emulator\", \"batch\": [{\"event\": \"$ai_trace\","
                    + " \"distinct_id\": \"d\", \"properties\": {\"x\": " + value + "}}]}"),
            CaptureV1Client.PATH, new Body(4, value -> "{\"created_at\": \"2026-11-20T10:00:00Z\", \"batch\": ["
                    + CaptureV1Client.event(1, ", \"properties\": {\"x\": " + value + "}") + "]}"),
            "/flags/?v=2", new Body(2, value -> "{\"token\": \"phc_emulator\", \"distinct_id\": \"d\","
                    + " \"person_properties\": {\"x\": " + value + "}}"));

    private CaptureV1Client v1;

    private record Body(int depth, Function<String, String> with) {

        String nested(int levels) {
            return with.apply("[".repeat(levels - depth) + "]".repeat(levels - depth));
        }
    }

    @BeforeAll
    void connect() {
        v1 = new CaptureV1Client(client);
    }

    static Stream<Arguments> rejected() {
        return BODIES.keySet().stream().flatMap(path -> {
            Body body = BODIES.get(path);
            return Stream.concat(
                    Stream.of("1e400", "-1e400", "1E309", "1.8e308", "1" + "0".repeat(400), "-1" + "0".repeat(309) + ".5",
                            "1e99999999999", "NaN", "Infinity", "-Infinity", "01", "-01", "+1", ".5", "1.", "1e", "0x1",
                            "--1", "'text'", "unquoted", "True", "[1,]", "{\"a\":1,}", "{a:1}", "/* comment */ 1",
                            "1 // comment\n", "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800\\uD800\"", "\"\\uDE00\\uD83D\"",
                            "\"\\uD800x\"", "{\"\\uD800\":1}", "[[{\"a\":\"\\uDFFF\"}]]", "\"\\x\"", "\"\\u12\"",
                            "\"\\'\"", "\"tab\t\"", "\"\n\"", "\"\u0000\"", "")
                            .map(value -> arguments(path, shortened(value), bytes(body.with().apply(value)))),
                    Stream.of(
                            arguments(path, "nested too deep", bytes(body.nested(129))),
                            arguments(path, "nested far too deep", bytes(body.nested(5_000))),
                            arguments(path, "two documents", bytes(body.with().apply("1").repeat(2))),
                            arguments(path, "trailing text", bytes(body.with().apply("1") + " x")),
                            arguments(path, "trailing bracket", bytes(body.with().apply("1") + "}")),
                            arguments(path, "byte order mark", bytes("\uFEFF" + body.with().apply("1"))),
                            arguments(path, "half a document", bytes(body.with().apply("1").replaceAll(".$", ""))),
                            arguments(path, "nothing", new byte[0]),
                            arguments(path, "spaces", bytes("  ")),
                            arguments(path, "ISO 8859-1", body.with().apply("\"\u00e4\"")
                                    .getBytes(StandardCharsets.ISO_8859_1)),
                            arguments(path, "UTF-16", body.with().apply("1").getBytes(StandardCharsets.UTF_16LE)),
                            arguments(path, "overlong", raw(body, 0xC0, 0x80)),
                            arguments(path, "surrogate in UTF-8", raw(body, 0xED, 0xA0, 0x80)),
                            arguments(path, "half a character", raw(body, 0xE2, 0x82))));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rejected")
    void isRejected(String path, String what, byte[] body) {
        assertThat(status(path, body)).isEqualTo(400);
        assertThat(client.control("GET", "/events", null).json()).isEmpty();
    }

    static Stream<Arguments> accepted() {
        return BODIES.keySet().stream().flatMap(path -> {
            Body body = BODIES.get(path);
            return Stream.concat(
                    Stream.of("1e308", "-1.7976931348623157e308", "1e-400", "0e999", "-0", "1" + "0".repeat(300),
                            "0." + "3".repeat(5_000), "12345678901234567890123", "\"\\uD83D\\uDE00\"", "\"\uD83D\uDE00\"",
                            "\"\\u0000\"", "\"\\ud83d\\ude00 \\/ \\b\"", "{\"\":{\"\":[]}}", " \t\r\n null ",
                            "{\"a\":1,\"a\":2}", "\"" + "x".repeat(100_000) + "\"")
                            .map(value -> arguments(path, shortened(value), bytes(body.with().apply(value)))),
                    Stream.of(
                            arguments(path, "nested", bytes(body.nested(127))),
                            arguments(path, "spaces around it", bytes(" \r\n" + body.with().apply("1") + "\n\t "))));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("accepted")
    void isAccepted(String path, String what, byte[] body) {
        assertThat(status(path, body)).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource
    void formsAreNoLessStrict(byte[] json) {
        String form = "data=" + EmulatorClient.encode(Base64.getEncoder().encodeToString(json));

        assertThat(client.send("POST", "/e/", form, Map.of("Content-Type", "application/x-www-form-urlencoded")).status())
                .isEqualTo(400);
    }

    static Stream<byte[]> formsAreNoLessStrict() {
        Body body = BODIES.get("/i/v0/e/");
        return Stream.of(bytes(body.with().apply("1e400")), raw(body, 0xFF));
    }

    private int status(String path, byte[] body) {
        return (path.equals(CaptureV1Client.PATH) ? v1.send(BodyPublishers.ofByteArray(body))
                : client.sendBody("POST", path, BodyPublishers.ofByteArray(body), Map.of("Content-Type", "application/json")))
                .status();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A body with bytes in a text of it. */
    private static byte[] raw(Body body, int... bytes) {
        StringBuilder text = new StringBuilder();
        for (int b : bytes) {
            text.append((char) b);
        }
        return body.with().apply("\"" + text + "\"").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shortened(String value) {
        return value.length() < 30 ? value : value.substring(0, 30) + "...";
    }
}
