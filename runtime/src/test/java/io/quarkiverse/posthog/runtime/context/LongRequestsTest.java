package io.quarkiverse.posthog.runtime.context;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.LongTexts;

/** Headers of clients that mean harm. */
class LongRequestsTest {

    @Test
    @Tag("TRH-2")
    void tracingHeaders() {
        LongTexts.parse(1_000_000, text -> TracingHeaders.value(List.of(text, text)));
    }
}
