package io.quarkiverse.posthog.emulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** An emulator for all tests of a class, empty before each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmulatorTestBase {

    PostHogEmulator emulator;
    EmulatorClient client;

    @BeforeAll
    void start() {
        emulator = PostHogEmulator.start(EmulatorOptions.defaults());
        client = new EmulatorClient(emulator.baseUrl(), emulator.personalApiKey());
    }

    @AfterAll
    void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        client.control("POST", "/reset", null);
    }

    /** The uuid of the event with a number. */
    static String uuid(int number) {
        return new UUID(0, number).toString();
    }

    void addEvent(int number, String event, String distinctId, Instant when, String properties) {
        var answer = client.control("POST", "/events", """
                [{"uuid": "%s", "event": "%s", "distinct_id": "%s", "timestamp": "%s", "properties": %s}]"""
                .formatted(uuid(number), event, distinctId, when, properties));
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    void addEvent(int number, Instant when) {
        addEvent(number, "viewed", "user-1", when, "{}");
    }

    static Instant minutesAgo(long minutes) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(minutes, ChronoUnit.MINUTES);
    }
}
