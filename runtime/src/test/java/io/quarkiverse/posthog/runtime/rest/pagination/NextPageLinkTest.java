package io.quarkiverse.posthog.runtime.rest.pagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageLinkTest {

    @Test
    void decodesParameters() {
        assertThat(NextPageLink.parameters("https://us.posthog.com/api/projects/1/events/?limit=2&orderBy=%5B%22timestamp%22%5D"
                + "&after=2026-11-20T10%3A00%3A05.250000%2B00%3A00&flag&empty=&search=a+b%26c"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("limit", "2", "orderBy", "[\"timestamp\"]",
                        "after", "2026-11-20T10:00:05.250000+00:00", "flag", "", "empty", "", "search", "a b&c"));
    }

    @Test
    void leavesOutKeys() {
        assertThat(NextPageLink.parameters("https://evil.example/?token=a&api_key=b&personal%5Fapi_key=c&limit=1"))
                .isEqualTo(Map.of("limit", "1"));
    }

    @Test
    void takesRelativeLinks() {
        assertThat(NextPageLink.parameters("?offset=100")).isEqualTo(Map.of("offset", "100"));
        assertThat(NextPageLink.parameters("/api/?offset=100#part")).isEqualTo(Map.of("offset", "100"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "https://us.posthog.com/api/", "https://us.posthog.com/?", "::", "not a link", "/?a=%zz" })
    void refusesWhatLeadsNowhere(String link) {
        assertThatIllegalArgumentException().isThrownBy(() -> NextPageLink.parameters(link));
    }
}
