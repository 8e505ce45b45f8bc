package io.quarkiverse.posthog.runtime.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Whom flags are evaluated for when nobody is named. */
class FlagsInRequestsTest {

    private final TestEvaluations test = TestEvaluations.of();

    @Test
    @Tag("EVF-1")
    @Tag("TRH-1")
    void thePersonOfTheRequest() {
        test.inRequest = new RequestData("zoe", null, Map.of("company", "acme"), Map.of());
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        FlagSnapshot flags = test.evaluate(FlagContext.create());

        assertThat(flags.distinctId()).contains("zoe");
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(test.postHog.requests).singleElement().satisfies(request -> {
            assertThat(request.path("distinct_id").asText()).isEqualTo("zoe");
            assertThat(request.at("/groups/company").asText()).isEqualTo("acme");
        });
    }

    @Test
    @Tag("TRH-3")
    void whoeverIsNamedWinsAndIsNotInItsGroups() {
        test.inRequest = new RequestData("zoe", null, Map.of("company", "acme"), Map.of());

        test.evaluate(FlagContext.of("max"));

        assertThat(test.postHog.requests).singleElement().satisfies(request -> {
            assertThat(request.path("distinct_id").asText()).isEqualTo("max");
            assertThat(request.path("groups")).isEmpty();
        });
    }

    @Test
    void groupsOfTheEvaluationWin() {
        test.inRequest = new RequestData("zoe", null, new TreeMap<>(Map.of("company", "acme", "project", "lamp")), Map.of());

        test.evaluate(FlagContext.create().group("company", "other"));

        assertThat(test.postHog.requests).singleElement().satisfies(request -> assertThat(request.path("groups"))
                .hasToString("{\"company\":\"other\",\"project\":\"lamp\"}"));
    }

    @Test
    @Tag("EVF-16")
    @Tag("TRH-5")
    @Tag("FLG-9")
    void nobodyWithoutOne() {
        FlagSnapshot flags = test.evaluate(FlagContext.create());

        assertThat(flags.distinctId()).isEmpty();
        assertThat(flags.isEnabled("beta-ui")).isFalse();
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.exposures()).isEmpty();
    }
}
