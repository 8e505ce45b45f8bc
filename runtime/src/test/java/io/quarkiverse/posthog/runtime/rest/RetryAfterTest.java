package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({ "17, 17", "' 17 ', 17", "0, 0", "-5, 0", "9223372036854775807, 9223372036854775807" })
    void readsSeconds(String header, long seconds) {
        assertThat(RetryAfter.parse(header)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void readsDates() {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

        assertThat(RetryAfter.parse(now.plusSeconds(90).format(DateTimeFormatter.RFC_1123_DATE_TIME)))
                .isBetween(Duration.ofSeconds(85), Duration.ofSeconds(90));
        assertThat(RetryAfter.parse(now.minusDays(1).format(DateTimeFormatter.RFC_1123_DATE_TIME)))
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "soon", "1.5", "99999999999999999999", "2026-11-20T10:00:00Z" })
    void ignoresWhatItCanNotRead(String header) {
        assertThat(RetryAfter.parse(header)).isNull();
    }
}
