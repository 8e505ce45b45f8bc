package io.quarkiverse.posthog.runtime.capture.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class UuidV7Test {

    @Test
    void isAUuidOfVersionSevenWithTheTimeInFront() {
        for (int i = 0; i < 10_000; i++) {
            long before = System.currentTimeMillis();
            UUID uuid = UuidV7.next();

            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
        }
    }

    @Test
    void doesNotRepeat() {
        Set<UUID> uuids = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            assertThat(uuids.add(UuidV7.next())).isTrue();
        }
    }

    @Test
    void isInTheOrderOfTime() throws InterruptedException {
        String earlier = UuidV7.next().toString();
        Thread.sleep(2);

        assertThat(UuidV7.next().toString()).isGreaterThan(earlier);
    }
}
