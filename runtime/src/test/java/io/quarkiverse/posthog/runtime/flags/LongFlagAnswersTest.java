package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.LongTexts.inLinearTime;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.LongTexts;

/** Responses of a server that is not PostHog, or that means harm. */
class LongFlagAnswersTest {

    private final FlagsResponseParser reader = new FlagsResponseParser();

    @Test
    @Tag("RFL-9")
    void textThatIsNoAnswer() {
        LongTexts.parse(1_000_000, this::read, IOException.class);
    }

    @Test
    @Tag("RFL-9")
    void longTextAnywhereInAnAnswer() {
        LongTexts.parse(200_000, text -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("requestId", text);
            ObjectNode flag = answer.putObject("flags").putObject(text).put("enabled", true).put("variant", text);
            flag.putObject("reason").put("code", text).put("description", text).put("condition_index", text);
            flag.putObject("metadata").put("id", text).put("payload", text);
            answer.putArray("quotaLimited").add(text);
            read(answer.toString());
            ObjectNode older = JsonNodeFactory.instance.objectNode();
            older.putObject("featureFlags").put("a".repeat(40), text);
            older.putObject("featureFlagPayloads").put("a".repeat(40), text);
            read(older.toString());
        }, IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1e1000000000", "-1e-1000000000", "99999999999999999999999999", "1e400" })
    @Tag("RFL-9")
    void numbersWithoutEnd(String number) {
        FlagsResponse answer = inLinearTime(number, () -> read("{\"flags\":{\"a\":{\"enabled\":true,\"reason\":{"
                + "\"condition_index\":" + number + "},\"metadata\":{\"id\":" + number + ",\"version\":" + number
                + ",\"payload\":[" + number + "]}}},\"evaluatedAt\":" + number + "}"));

        assertThat(answer.flags().get("a").payload().length()).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"a\":", "[{\"flags\":", "9", "\"a\",", "{\"flags\":{\"a\":" })
    @Tag("RFL-9")
    void repetitionsInAnAnswer(String token) {
        String text = token.repeat(1_000_000 / token.length());

        assertThat(inLinearTime(token, () -> read("{\"flags\":" + text), IOException.class)).isNull();
        assertThat(inLinearTime(token, () -> read("{\"flags\":{\"a\":{\"enabled\":true,\"metadata\":{\"payload\":" + text),
                IOException.class)).isNull();
    }

    private FlagsResponse read(String json) throws IOException {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
