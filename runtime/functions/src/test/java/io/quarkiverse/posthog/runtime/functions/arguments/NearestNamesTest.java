package io.quarkiverse.posthog.runtime.functions.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;

class NearestNamesTest {

    @Test
    void typosAndOtherPrefixesAreRecognized() {
        List<String> names = FunctionCatalog.standard().names();

        assertThat(NearestNames.of("posthog_list_event", names, 1)).containsExactly("posthog_list_events");
        assertThat(NearestNames.of("capture_event", names, 1)).containsExactly("posthog_capture_event");
        assertThat(NearestNames.of("limt", List.of("limit", "offset"), 1)).containsExactly("limit");
        assertThat(NearestNames.of("zzzzzzzzzz", List.of("limit", "offset"), 1)).isEmpty();
        assertThat(NearestNames.of("", List.of("limit"), 1)).isEmpty();
    }
}
