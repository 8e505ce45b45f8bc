package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;

class ListenersTest {

    private static final List<BeforeSend> HOOKS = List.of(event -> switch (event.event()) {
        case "dropped" -> null;
        case "broken" -> throw new IllegalStateException("broken hook");
        default -> event;
    });

    @Test
    @Tag("LIS-1")
    void aDeliveredEventIsToldAsItWasSent() {
        TestPipeline posthog = TestPipeline.of();

        posthog.capture("viewed");
        posthog.flush();

        assertThat(posthog.news.delivered).extracting(DeliveredEvent::account).containsExactly("default");
        assertThat(posthog.news.delivered).extracting(news -> news.event().uuid().toString())
                .isEqualTo(posthog.postHog.request(0).uuids());
        assertThat(posthog.news.delivered.get(0).event().properties()).containsKey("$lib");
    }

    /** Those of the spool need a disk. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = { "OPTED_OUT", "SAMPLED_OUT", "BEFORE_SEND", "NESTED", "EXPIRED",
            "SPOOL_FAILED", "ENCODING_FAILED" })
    @Tag("LIS-1")
    void aDroppedEventIsToldWithItsReason(DropReason reason) throws Exception {
        TestPipeline posthog = drop(reason);

        assertThat(posthog.news.dropped).extracting(DroppedEvent::reason).containsExactly(reason);
        assertThat(posthog.status().dropped()).containsOnlyKeys(reason);
        assertThat(posthog.status().totalDropped()).isEqualTo(1);
        assertThat(posthog.news.delivered).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "OPTED_OUT", "SAMPLED_OUT", "BEFORE_SEND" })
    @Tag("LIS-2")
    void whatTheApplicationWantedIsNotToldButCounted(DropReason reason) throws Exception {
        TestPipeline posthog = drop(reason);

        assertThat(posthog.news.dropped).isEmpty();
        assertThat(posthog.status().dropped()).containsOnlyKeys(reason);
    }

    /** Has one event dropped. */
    private static TestPipeline drop(DropReason reason) throws Exception {
        TestPipeline posthog = reason == DropReason.NO_PROJECT_API_KEY ? TestPipeline.withoutKey()
                : TestPipeline.of(HOOKS, settings(reason).toArray(String[]::new));
        switch (reason) {
            case REJECTED -> posthog.postHog.always(IngestionStub.status(400));
            case RETRIES_EXHAUSTED -> posthog.postHog.always(IngestionStub.status(503));
            case QUEUE_FULL -> posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("kept", "zoey")));
            case OPTED_OUT -> posthog.pipeline.optOut(true);
            case CLOSED -> posthog.close();
            default -> {
            }
        }
        posthog.capture(switch (reason) {
            case INVALID -> " ";
            case BEFORE_SEND -> "dropped";
            case BEFORE_SEND_FAILED -> "broken";
            default -> "event";
        });
        if (reason != DropReason.QUEUE_FULL) {
            posthog.flush();
        }
        return posthog;
    }

    private static Stream<String> settings(DropReason reason) {
        return switch (reason) {
            case SAMPLED_OUT -> Stream.of("capture.sampling.rate", "0");
            case QUEUE_FULL -> Stream.of("capture.queue.max-events", "1");
            case TOO_LARGE -> Stream.of("capture.max-event-size", "10");
            case RETRIES_EXHAUSTED -> Stream.of("capture.retry.max-retries", "0");
            default -> Stream.of();
        };
    }
}
