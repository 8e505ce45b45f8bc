package io.quarkiverse.posthog.runtime.capture.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantFormatterTest {

    @ParameterizedTest
    @ValueSource(strings = { "2026-11-20T10:00:00Z", "2026-11-20T10:00:00.5Z", "2026-11-20T10:00:00.001Z",
            "2026-11-20T10:00:00.000001Z", "2026-11-20T10:00:00.123456789Z", "2026-11-20T10:00:00.999999999Z",
            "1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z" })
    void writesWhatAnInstantWrites(String time) {
        assertThat(new InstantFormatter().format(Instant.parse(time))).isEqualTo(Instant.parse(time).toString());
    }

    @Test
    void remembersTheRightSecond() {
        Random random = new Random(1);
        InstantFormatter timestamps = new InstantFormatter();
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(1_700_000_000 + random.nextInt(3), random.nextInt(1_000_000_000));

            assertThat(timestamps.format(time)).isEqualTo(time.toString());
        }
    }
}
