package io.quarkiverse.posthog.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.KeepCapturedEvents;

/** When a test begins with what was captured before. */
class PostHogTestCallbackTest {

    private static final String KEY = "posthog.test.keep-captured";

    @AfterEach
    void clear() {
        System.clearProperty(KEY);
    }

    @Test
    void usuallyNot() {
        assertThat(PostHogTestCallback.keepsCaptured(List.of(String.class))).isFalse();
    }

    @Test
    void byAnAnnotationOfTheClassOrTheOneAround() {
        assertThat(PostHogTestCallback.keepsCaptured(List.of(Keeping.class, String.class))).isTrue();
        assertThat(PostHogTestCallback.keepsCaptured(List.of(AlsoKeeping.class))).as("inherited").isTrue();
    }

    @Test
    void byConfiguration() {
        System.setProperty(KEY, "true");

        assertThat(PostHogTestCallback.keepsCaptured(List.of(String.class))).isTrue();
    }

    @KeepCapturedEvents
    private static class Keeping {
    }

    private static final class AlsoKeeping extends Keeping {
    }
}
