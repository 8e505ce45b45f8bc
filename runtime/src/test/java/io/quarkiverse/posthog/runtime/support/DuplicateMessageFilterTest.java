package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DuplicateMessageFilterTest {

    private final DuplicateMessageFilter<String> filter = new DuplicateMessageFilter<>();

    @Test
    void acceptsAMessageOncePerSubject() {
        assertThat(filter.isFirst("a")).isTrue();
        assertThat(filter.isFirst("a")).isFalse();
        assertThat(filter.isFirst("b")).isTrue();
    }

    @Test
    void acceptsAMessageAgainAfterAReset() {
        assertThat(filter.reset("a")).isFalse();
        filter.isFirst("a");

        assertThat(filter.reset("a")).isTrue();
        assertThat(filter.reset("a")).isFalse();
        assertThat(filter.isFirst("a")).isTrue();
    }

    @Test
    void acceptsADifferentMessageAboutTheSameSubject() {
        assertThat(filter.isFirst("a", 401)).isTrue();
        assertThat(filter.isFirst("a", 401)).isFalse();
        assertThat(filter.isFirst("a", 503)).isTrue();
        assertThat(filter.isFirst("a", 401)).isTrue();
    }

    @Test
    void acceptsNoMessagesAboutMoreThanAThousandSubjects() {
        for (int i = 0; i < 1000; i++) {
            assertThat(filter.isFirst("" + i)).isTrue();
        }

        assertThat(filter.isFirst("1000")).isFalse();
        assertThat(filter.isFirst("0", "other")).isTrue();
        filter.reset("7");
        assertThat(filter.isFirst("1000")).isTrue();
    }
}
