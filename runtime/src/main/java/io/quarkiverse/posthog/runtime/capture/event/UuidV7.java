package io.quarkiverse.posthog.runtime.capture.event;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Time-ordered uuids (RFC 9562, version 7), which PostHog stores best. */
final class UuidV7 {

    private UuidV7() {
    }

    /** 48 bits of milliseconds, 74 random bits. */
    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
