package io.quarkiverse.posthog.runtime.dev;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The functions of the Dev UI and Dev MCP for the events that the application captures. */
public class EventsJsonRpcService {

    /** The maximum time to wait for changes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int LATEST = 100;

    private final RecentEventStore events;
    private final DevUiAccounts accounts;
    private final EventViewMapper views;
    private final ObjectMapper mapper;

    @Inject
    public EventsJsonRpcService(RecentEventStore events, DevUiAccounts accounts, ObjectMapper mapper) {
        this.events = events;
        this.accounts = accounts;
        this.views = new EventViewMapper(mapper);
        this.mapper = mapper;
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("The latest events that the application captured with PostHog, the newest last, each with its "
            + "properties and its state: queued, retrying, delivered, or dropped with the reason")
    public List<EventView> latestEvents() {
        List<RecentEvent> all = events.since(0);
        return views.of(all.subList(Math.max(0, all.size() - LATEST), all.size()));
    }

    @NonBlocking
    @JsonRpcDescription("The events that have changed since a change; waits up to 10 seconds for changes")
    public Uni<List<EventView>> eventsSince(
            @JsonRpcDescription("The highest 'change' of the events that were received so far; 0 for all events") String change) {
        return events.changedSince(Long.parseLong(change), TIMEOUT).map(views::of);
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("How often the application captured each event, by event name and account: the numbers of queued, "
            + "delivered and dropped events among the latest 1000 events")
    public List<EventCount> eventCounts() {
        return EventCount.of(events.since(0));
    }

    /** Returns the label of the page. */
    @NonBlocking
    @JsonRpcDescription("The number of events that the application has captured, as a stream")
    public Multi<String> eventCount() {
        return Multi.createFrom().ticks().every(Duration.ofSeconds(1)).onOverflow().drop()
                .map(tick -> Long.toString(events.count())).skip().repetitions();
    }

    @NonBlocking
    @JsonRpcDescription("Removes the captured events from the list; queued events are still sent")
    public boolean clearEvents() {
        events.clear();
        return true;
    }

    @NonBlocking
    @JsonRpcDescription("A curl command that sends a captured event unchanged")
    public String curl(@JsonRpcDescription("The ID of the event") String id) throws JsonProcessingException {
        RecentEvent event = event(id);
        return new CurlCommand(mapper).of(accounts.get(event.account()).settings().ingestion(), event.event());
    }

    @NonBlocking
    @JsonRpcDescription("Captures an event again, with the current time and a new UUID")
    public String replay(@JsonRpcDescription("The ID of the event") String id) {
        RecentEvent event = event(id);
        PostHog account = accounts.get(event.account());
        CaptureEvent again = new CaptureEvent(event.event().event(), event.event().distinctId(), event.event().properties(),
                null, null);
        Optional<UUID> uuid = again.event().startsWith("$ai_") ? account.captureAi(again) : account.capture(again);
        return uuid.map(UUID::toString).orElseThrow(() -> new IllegalStateException(
                "The event was not accepted; see the reason in the list of events"));
    }

    private RecentEvent event(String id) {
        return events.find(id).orElseThrow(() -> new IllegalArgumentException("Event " + id + " is no longer available"));
    }
}
