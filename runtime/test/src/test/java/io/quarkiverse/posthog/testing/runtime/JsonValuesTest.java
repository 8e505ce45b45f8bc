package io.quarkiverse.posthog.testing.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonValuesTest {

    /** Of anything. */
    record Price(BigDecimal amount) {
    }

    static Stream<Arguments> same() {
        return Stream.of(Arguments.of(1, 1L), Arguments.of(1, 1.0), Arguments.of(new BigDecimal("49.990"), 49.99),
                Arguments.of(49.99f, 49.99), Arguments.of("1970-01-01T00:00:00Z", Instant.EPOCH),
                Arguments.of("00000000-0000-0000-0000-000000000001", new UUID(0, 1)),
                Arguments.of("SECONDS", TimeUnit.SECONDS), Arguments.of(null, null),
                Arguments.of(Map.of("amount", 1.0), new Price(BigDecimal.ONE)),
                Arguments.of(List.of(1, 2), new int[] { 1, 2 }),
                Arguments.of(Map.of("a", 1, "b", List.of(1)), Map.of("b", List.of(1.0), "a", 1L)));
    }

    @ParameterizedTest
    @MethodSource
    void same(Object one, Object other) {
        assertThat(JsonValues.same(one, other)).isTrue();
    }

    static Stream<Arguments> different() {
        return Stream.of(Arguments.of(1, "1"), Arguments.of(1, 2), Arguments.of(true, "true"), Arguments.of(null, ""),
                Arguments.of(List.of(1, 2), List.of(2, 1)), Arguments.of(List.of(1), List.of(1, 2)),
                Arguments.of(Map.of("a", 1), Map.of("a", 2)), Arguments.of(Map.of("a", 1), Map.of("b", 1)),
                Arguments.of(Map.of(), Map.of("a", 1)), Arguments.of(List.of(), Map.of()),
                Arguments.of(Arrays.asList(1, null), List.of(1, 0)));
    }

    @ParameterizedTest
    @MethodSource
    void different(Object one, Object other) {
        assertThat(JsonValues.same(one, other)).isFalse();
    }

    @Test
    void whatIsNoJsonIsExplained() {
        assertThatThrownBy(() -> JsonValues.parsed("{percent: 20}")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was expecting double-quote");
    }
}
