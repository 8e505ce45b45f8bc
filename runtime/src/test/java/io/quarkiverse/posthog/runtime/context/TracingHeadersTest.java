package io.quarkiverse.posthog.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;

class TracingHeadersTest {

    @ParameterizedTest
    @CsvSource({ "user-123, user-123", "'  user-123\t', user-123", "us\u0000er\u001b-\u007f1\u00852\u009f3, user-123",
            "'Zo\u00eb \u65e5\u672c', 'Zo\u00eb \u65e5\u672c'", "'\r\nuser', user" })
    @Tag("TRH-2")
    void controlCharactersAndSpacesAroundItAreTakenOut(String sent, String known) {
        assertThat(TracingHeaders.value(List.of(sent))).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "   ", "\u0000\u0001", "\t\r\n", "\u0085 \u009f" })
    @Tag("TRH-2")
    void whatIsEmptyThenIsMissing(String sent) {
        assertThat(TracingHeaders.value(List.of(sent))).isNull();
        assertThat(TracingHeaders.value(List.of())).isNull();
    }

    @Test
    @Tag("TRH-2")
    void ofSeveralTheFirstThatIsOneCounts() {
        assertThat(TracingHeaders.value(Arrays.asList(null, " ", "first", "second"))).isEqualTo("first");
    }

    @Test
    @Tag("TRH-2")
    void noneIsLongerThanAThousandCharacters() {
        assertThat(TracingHeaders.value(List.of("x".repeat(1000)))).hasSize(1000);
        assertThat(TracingHeaders.value(List.of(" " + "x".repeat(5000)))).isEqualTo("x".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "UNDEFINED", "\"null\"", "'anonymous'", "\u200b", "\u00a0null\ufeff", "[object Object]" })
    @Tag("TRH-11")
    void aPlaceholderIsMissing(String sent) {
        assertThat(TracingHeaders.distinctId(request(sent))).isNull();
        assertThat(TracingHeaders.distinctId(request(sent, "user-123"))).isEqualTo("user-123");
    }

    private static HttpRequestInfo request(String... distinctIds) {
        return new HttpRequestInfo() {

            @Override
            public List<String> header(String name) {
                return name.equals("X-POSTHOG-DISTINCT-ID") ? List.of(distinctIds) : List.of();
            }

            @Override
            public boolean isAuthenticated() {
                return false;
            }

            @Override
            public Map<String, Object> properties(PropertiesConfig config) {
                return Map.of();
            }
        };
    }

    @Test
    void noCharacterIsCutInHalf() {
        String smile = "\uD83D\uDE42";

        assertThat(TracingHeaders.value(List.of("x".repeat(999) + smile))).isEqualTo("x".repeat(999));
    }
}
