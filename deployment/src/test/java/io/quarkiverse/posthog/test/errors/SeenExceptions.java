package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import org.awaitility.Awaitility;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.restassured.RestAssured;

/** Sees all events and lets none of them go. */
@Singleton
public class SeenExceptions implements BeforeSend {

    final Queue<CaptureEvent> events = new ConcurrentLinkedQueue<>();
    /** Requests that wait for their connection to be closed. */
    final Semaphore waiting = new Semaphore(0);

    @Override
    public CaptureEvent apply(CaptureEvent event) {
        events.add(event);
        return null;
    }

    /** The only event, once it is there. */
    Seen one() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !events.isEmpty());
        assertThat(all()).hasSize(1);
        return new Seen(events.peek());
    }

    /** The events of what happened until now: of what is captured later, one is awaited. */
    List<Seen> all() {
        RestAssured.get("/fail/logged");
        AtomicReference<CaptureEvent> last = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            last.set(events.stream().filter(event -> "logged".equals(new Seen(event).message())).findAny()
                    .orElse(null));
            return last.get() != null;
        });
        events.remove(last.get());
        return events.stream().map(Seen::new).toList();
    }

    /** The properties of an event. */
    record Seen(CaptureEvent event) {

        Object property(String name) {
            return event.properties().get(name);
        }

        String message() {
            return (String) property("$exception_message");
        }

        String source() {
            return (String) property("$exception_source");
        }

        Object handled() {
            return ((Map<?, ?>) exception().get("mechanism")).get("handled");
        }

        /** The names of the methods in frames of the application. */
        List<String> inApp() {
            Map<?, ?> stack = (Map<?, ?>) exception().get("stacktrace");
            return ((List<?>) stack.get("frames")).stream().map(Map.class::cast)
                    .filter(frame -> (Boolean) frame.get("in_app"))
                    .map(frame -> frame.get("module") + "#" + frame.get("function")).toList();
        }

        private Map<?, ?> exception() {
            return (Map<?, ?>) ((List<?>) property("$exception_list")).get(0);
        }
    }
}
