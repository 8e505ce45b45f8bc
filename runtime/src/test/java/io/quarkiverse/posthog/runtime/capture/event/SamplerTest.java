package io.quarkiverse.posthog.runtime.capture.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.capture.TestPipeline;
import io.quarkiverse.posthog.runtime.config.TestAccounts;

class SamplerTest {

    private static final CaptureEvent EVENT = CaptureEvent.of("viewed", "zoey");

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    @Tag("SMP-1")
    void allEventsAreKeptUnlessTheConfigurationSaysOtherwise() {
        assertThat(sampler("1", "event").sample(EVENT)).isSameAs(EVENT);
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "0.1, 0.03", "0.5, 0.05", "0.9, 0.03" })
    @Tag("SMP-1")
    void aPartOfTheEventsIsKeptWhichSayHowLargeItIs(double rate, double tolerance) {
        Sampler sampler = sampler("" + rate, "event");
        List<CaptureEvent> kept = IntStream.range(0, 10_000).mapToObj(i -> sampler.sample(EVENT))
                .filter(event -> event != null).toList();

        assertThat(kept.size() / 10_000.0).isCloseTo(rate, within(tolerance));
        assertThat(kept).allSatisfy(event -> assertThat(event.properties()).contains(
                entry("$sample_type", List.of("sampleByEvent")), entry("$sample_threshold", rate)));
    }

    /** The hash of posthog-js is a number of 32 bits, of which it takes the last two decimal digits. */
    @ParameterizedTest
    @CsvSource({ "user-1, 0.25, false", "user-1, 0.26, true", "alice@example.com, 0.61, false",
            "alice@example.com, 0.62, true", "polygenelubricants, 0.48, false", "polygenelubricants, 0.49, true" })
    @Tag("SMP-2")
    void aPersonIsKeptWithAllEventsAsInTheBrowser(String id, String rate, boolean kept) {
        CaptureEvent sampled = sampler(rate, "distinct-id").sample(CaptureEvent.of("viewed", id));

        assertThat(sampled != null).isEqualTo(kept);
        if (kept) {
            assertThat(sampled.properties()).containsEntry("$sample_type", List.of("sampleByDistinctId"));
        }
    }

    @Test
    @Tag("SMP-2")
    void thePersonsOfALowerRateAreAmongThoseOfAHigherOne() {
        Sampler few = sampler("0.2", "distinct-id");
        Sampler many = sampler("0.6", "distinct-id");
        int kept = 0;
        for (int i = 0; i < 2000; i++) {
            CaptureEvent event = CaptureEvent.of("viewed", "user-" + i);
            if (few.sample(event) != null) {
                kept++;
                assertThat(many.sample(event)).isNotNull();
            }
        }
        assertThat(kept).isBetween(300, 500);
    }

    @ParameterizedTest
    @ValueSource(strings = { "$identify", "$create_alias", "$groupidentify", "$set" })
    @Tag("SMP-3")
    void whoPersonsAndGroupsAreIsNeverLeftOut(String name) {
        CaptureEvent event = CaptureEvent.of(name, "zoey");

        assertThat(sampler("0", "event").sample(event)).isSameAs(event);
    }

    @Test
    @Tag("SMP-1")
    void whatIsLeftOutIsCountedAndNotLogged() {
        TestPipeline posthog = TestPipeline.of("capture.sampling.rate", "0");

        assertThat(posthog.capture("viewed")).isEmpty();

        assertThat(posthog.status().dropped()).isEqualTo(Map.of(DropReason.SAMPLED_OUT, 1L));
        assertThat(posthog.news.dropped).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    private static Sampler sampler(String rate, String by) {
        return new Sampler(TestAccounts.account("capture.sampling.rate", rate, "capture.sampling.by", by).config().capture()
                .sampling());
    }
}
