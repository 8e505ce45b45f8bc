package io.quarkiverse.posthog.runtime.flags.local.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeDateTest {

    @ParameterizedTest
    @CsvSource({ "1h, 2020-01-01T11:01:20.134", "30h, 2019-12-31T06:01:20.134", "1d, 2019-12-31T12:01:20.134",
            "-1d, 2019-12-31T12:01:20.134", "1w, 2019-12-25T12:01:20.134", "1m, 2019-12-01T12:01:20.134",
            "8m, 2019-05-01T12:01:20.134", "1y, 2019-01-01T12:01:20.134", "12m, 2019-01-01T12:01:20.134",
            "000h, 2020-01-01T12:01:20.134", "1000h, 2019-11-20T20:01:20.134", "0009d, 2019-12-23T12:01:20.134" })
    void countsBackFromNow(String text, LocalDateTime expected) {
        assertThat(RelativeDate.parse(text).before(LocalDateTime.parse("2020-01-01T12:01:20.134"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "2020-04-03T00:00:00, 8m, 2019-08-03T00:00:00", "2020-03-31T10:00:00, 1m, 2020-02-29T10:00:00",
            "2020-02-29T10:00:00, 1y, 2019-02-28T10:00:00", "2020-03-31T10:00:00, 2m, 2020-01-29T10:00:00",
            "2021-03-31T10:00:00, 2m, 2021-01-28T10:00:00",
            "2021-03-31T10:00:00, 1m, 2021-02-28T10:00:00", "2024-02-29T10:00:00, 4y, 2020-02-28T10:00:00",
            "2024-10-27T02:30:00, 1d, 2024-10-26T02:30:00" })
    void monthsAndYearsAreThoseOfTheCalendar(LocalDateTime now, String text, LocalDateTime expected) {
        assertThat(RelativeDate.parse(text).before(now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "1x", "1s", "1.2y", "123344000.134m", "1000000h", "10000d", "bazinga", "000bello", "", "-",
            "d",
            "-d", "--1d", "+1d", " 1d", "1d ", "1D", "١d", "99999999999999999999y" })
    void otherTextIsNone(String text) {
        assertThat(RelativeDate.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "9999h", "9999d", "9999w", "9999m", "9999y" })
    void theLargestNumberIsNotTooLarge(String text) {
        assertThat(RelativeDate.parse(text).before(LocalDateTime.parse("2020-01-01T00:00:00"))).isBefore("2019-01-01T00:00:00");
    }
}
