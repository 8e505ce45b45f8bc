package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EmulatorLifecycleTest {

    @Test
    void optionsAreHonoured() {
        try (PostHogEmulator emulator = PostHogEmulator
                .start(new EmulatorOptions(0, "phc_mine", "phx_mine", "phs_mine", true, 42))) {
            assertThat(emulator.baseUrl()).isEqualTo("http://localhost:" + emulator.port());
            assertThat(emulator.projectId()).isEqualTo(42);
            var client = new EmulatorClient(emulator.baseUrl(), "phx_mine");
            assertThat(client.get("/").text("api_token")).isEqualTo("phc_mine");
            assertThat(client.get("/feature_flags/").results()).isNotEmpty();
        }
    }

    @Test
    void emulatorsDoNotShareAnything() {
        try (PostHogEmulator one = PostHogEmulator.start(EmulatorOptions.defaults());
                PostHogEmulator other = PostHogEmulator.start(EmulatorOptions.defaults())) {
            new EmulatorClient(one.baseUrl(), "phx_emulator").post("/feature_flags/", "{\"key\": \"a\"}");
            assertThat(new EmulatorClient(other.baseUrl(), "phx_emulator").get("/feature_flags/").results()).isEmpty();
        }
    }

    @Test
    void takenPortIsNamed() {
        try (PostHogEmulator first = PostHogEmulator.start(EmulatorOptions.defaults())) {
            var options = new EmulatorOptions(first.port(), "phc_emulator", "phx_emulator", "phs_emulator", false, 1);
            assertThatThrownBy(() -> PostHogEmulator.start(options)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + first.port()).hasMessageContaining("another port");
        }
    }

    @Test
    void closedEmulatorLeavesNothingBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        PostHogEmulator emulator = PostHogEmulator.start(EmulatorOptions.defaults());
        var client = new EmulatorClient(emulator.baseUrl(), "phx_emulator");
        client.get("/feature_flags/");
        emulator.close();
        emulator.close();
        assertThatThrownBy(() -> client.get("/feature_flags/")).isInstanceOf(UncheckedIOException.class);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
            after.removeAll(before);
            assertThat(after).extracting(Thread::getName).noneMatch(name -> name.contains("vert.x"));
        });
    }

    @Test
    void manyEventsStayWorkable() {
        try (PostHogEmulator emulator = PostHogEmulator.start(EmulatorOptions.defaults())) {
            var client = new EmulatorClient(emulator.baseUrl(), "phx_emulator");
            String event = "{\"event\": \"e\", \"distinct_id\": \"d\"}";
            String batch = "[" + event + ("," + event).repeat(19_999) + "]";
            for (int i = 0; i < 10; i++) {
                client.control("POST", "/events", batch);
            }
            assertThat(client.query("select count() from events").results().get(0).get(0).intValue()).isEqualTo(200_000);
            assertThat(client.get("/events/?limit=1000").results()).hasSize(1000);
        }
    }
}
