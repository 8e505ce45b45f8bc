package io.quarkiverse.posthog.runtime.capture.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does at random whatever can be done, and compares with what a spool should have in it. */
class SpoolModelTest extends SpoolFixture {

    private static final long MAX_BYTES = 20_000;

    private final Map<Long, String> records = new HashMap<>();
    private long next = 1;
    private long acknowledged;
    private long read;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void behavesLikeTheModel(long seed) throws IOException {
        Random random = new Random(seed);
        reopen(random);
        for (int i = 0; i < 3000; i++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> tryAppend(random, false);
                case 4, 5 -> tryAppend(random, true);
                case 6, 7, 8 -> readSome(random);
                case 9 -> acknowledge(random);
                case 10 -> drop(random);
                default -> {
                    if (random.nextInt(10) == 0) {
                        reopen(random);
                    }
                }
            }
            assertThat(spool.unacknowledged()).isEqualTo(next - 1 - acknowledged);
            assertThat(spool.unread()).isEqualTo(next - 1 - read);
            assertThat(spool.bytes()).isLessThanOrEqualTo(MAX_BYTES);
            if (i % 50 == 0) {
                assertThat(spool.bytes()).isEqualTo(segments().stream().mapToLong(file -> file.toFile().length()).sum());
            }
        }
        assertThat(damagedFiles).isEmpty();
    }

    private void tryAppend(Random random, boolean alreadyRead) throws IOException {
        String payload = String.valueOf(random.nextInt()).repeat(random.nextInt(40));
        try {
            AppendResult appended = alreadyRead ? appendRead(payload) : new AppendResult(append(payload), false, 0);
            assertThat(appended).isEqualTo(new AppendResult(next, alreadyRead && read == next - 1, 0));
            records.put(next, payload);
            if (appended.read()) {
                read = next;
            }
            next++;
        } catch (SpoolFullException e) {
            assertThat(spool.bytes()).isGreaterThan(MAX_BYTES - 1000);
        }
    }

    private void readSome(Random random) throws IOException {
        int maxRecords = 1 + random.nextInt(20);
        int maxBytes = random.nextInt(2000);
        List<String> expected = new ArrayList<>();
        long bytes = 0;
        while (expected.size() < maxRecords && read < next - 1) {
            String payload = records.get(read + 1);
            bytes += payload.length();
            if (!expected.isEmpty() && bytes > maxBytes) {
                break;
            }
            expected.add(payload);
            read++;
        }
        assertThat(texts(spool.read(maxRecords, maxBytes).records())).isEqualTo(expected);
    }

    private void acknowledge(Random random) throws IOException {
        long upTo = acknowledged + random.nextInt(30);
        spool.acknowledge(upTo);
        acknowledged = Math.min(upTo, next - 1);
        read = Math.max(read, acknowledged);
    }

    private void drop(Random random) throws IOException {
        if (random.nextInt(5) == 0) {
            acknowledged += spool.dropOldest();
            read = Math.max(read, acknowledged);
        }
    }

    private void reopen(Random random) throws IOException {
        open(options(MAX_BYTES, 500 + random.nextInt(4000)));
        read = acknowledged;
    }
}
