package io.quarkiverse.posthog.sdkadapter;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DeliveryAttempt;

/** Records the capture requests of each account while it is open. */
@ApplicationScoped
public class RequestLog implements CaptureListener {

    private static final int NO_RESPONSE = 0;

    private final Map<String, Queue<State.Request>> requests = new ConcurrentHashMap<>();

    void begin(String account) {
        requests.put(account, new ConcurrentLinkedQueue<>());
    }

    void end(String account) {
        requests.remove(account);
    }

    List<State.Request> of(String account) {
        Queue<State.Request> made = requests.get(account);
        return made == null ? List.of() : List.copyOf(made);
    }

    @Override
    public void onAttempt(DeliveryAttempt attempt) {
        Queue<State.Request> made = requests.get(attempt.account());
        if (made != null) {
            made.add(new State.Request(System.currentTimeMillis() - attempt.duration().toMillis(),
                    attempt.status().orElse(NO_RESPONSE), attempt.attempt() - 1, attempt.events().size(), attempt.events()));
        }
    }
}
