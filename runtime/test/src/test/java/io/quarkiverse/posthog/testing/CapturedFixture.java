package io.quarkiverse.posthog.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.testing.runtime.CaptureProgress;

/** Events that a test has captured, as it says. */
final class CapturedFixture implements CapturedEventSource {

    final List<CapturedEvent> events = new ArrayList<>();
    CaptureProgress progress = new CaptureProgress(0, 0, Map.of(), null);
    boolean here = true;
    int reads;
    /** Comes with the read of this number. */
    int late = -1;

    CapturedFixture event(String name, String distinctId, Object... properties) {
        Map<String, Object> map = new LinkedHashMap<>(Map.of("$lib", "quarkus-posthog", "$is_server", true));
        for (int i = 0; i < properties.length; i += 2) {
            map.put((String) properties[i], properties[i + 1]);
        }
        events.add(new CapturedEvent(new UUID(0, events.size()), name, distinctId, Instant.EPOCH, map, "/batch"));
        return this;
    }

    EventAssert assertThatEvents() {
        return new EventAssert(this);
    }

    ExposureAssert assertThatExposures() {
        return new ExposureAssert(this);
    }

    @Override
    public String account() {
        return "work";
    }

    @Override
    public boolean isInProcess() {
        return here;
    }

    @Override
    public CaptureSnapshot read() {
        if (++reads == late) {
            event("late", "ada");
        }
        return new CaptureSnapshot(List.copyOf(events), here ? Optional.of(progress) : Optional.empty());
    }
}
