package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkiverse.posthog.testing.runtime.CaptureProgress;

/**
 * Describes the expected and the actual events of a failed assertion.
 *
 * @param found the events that match the conditions
 * @param timeout the time that the assertion has waited; zero if it did not wait
 */
record FailureReport(String account, CaptureSnapshot captured, List<EventCondition> conditions, List<CapturedEvent> found,
        EventExpectation expectation, Duration timeout) {

    /** The maximum number of listed events; if there are more, the latest ones are listed. */
    private static final int MAX_LISTED = 30;
    private static final int MAX_CLOSE = 3;

    /** Describes events that were captured, but have not arrived. */
    static String notArrived(String account, CaptureProgress progress) {
        StringBuilder text = new StringBuilder("PostHog account '").append(account)
                .append("': expected nothing to be captured, but ").append(progress.accepted())
                .append(progress.accepted() == 1 ? " event was." : " events were.");
        append(progress, text);
        return text.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("PostHog account '").append(account).append("': expected ")
                .append(expectation.text());
        conditions.forEach(condition -> text.append(' ').append(condition.text()));
        text.append(expectation.after()).append(", but there ").append(count());
        if (!timeout.isZero()) {
            text.append(" after ").append(timeout.toMillis()).append(" ms");
        }
        text.append('.');
        if (!found.isEmpty() && found.size() < captured.events().size()) {
            text.append(found.size() == 1 ? "\nMatching event:" : "\nMatching events:");
            found.stream().limit(MAX_LISTED).forEach(event -> text.append("\n  ").append(event));
        }
        if (found.isEmpty()) {
            appendClose(text);
        }
        appendAll(text);
        captured.progress().ifPresent(progress -> append(progress, text));
        return text.toString();
    }

    private String count() {
        return found.isEmpty() ? "were none" : found.size() == 1 ? "was 1" : "were " + found.size();
    }

    /** Appends the events that match the largest number of conditions. */
    private void appendClose(StringBuilder text) {
        Optional<Integer> fewest = captured.events().stream().map(event -> missed(event).size())
                .min(Comparator.naturalOrder()).filter(missed -> missed < conditions.size());
        fewest.ifPresent(fewestMissed -> {
            text.append("\nClosest events:");
            captured.events().stream().filter(event -> missed(event).size() == fewestMissed).limit(MAX_CLOSE)
                    .forEach(event -> text.append("\n  ").append(event).append(": ").append(missed(event).stream()
                            .map(condition -> condition.found().apply(event)).collect(Collectors.joining(", "))));
        });
    }

    private List<EventCondition> missed(CapturedEvent event) {
        return conditions.stream().filter(condition -> !condition.holds(event)).toList();
    }

    private void appendAll(StringBuilder text) {
        List<CapturedEvent> all = captured.events();
        if (all.isEmpty()) {
            text.append("\nNo events have arrived.");
            return;
        }
        int from = Math.max(0, all.size() - MAX_LISTED);
        text.append(from == 0 ? "\nAll events that have arrived:"
                : "\nThe latest " + MAX_LISTED + " of " + all.size() + " events that have arrived:");
        IntStream.range(from, all.size())
                .forEach(i -> text.append("\n  ").append(i + 1).append(". ").append(all.get(i)));
    }

    private static void append(CaptureProgress progress, StringBuilder text) {
        if (progress.queued() > 0) {
            text.append("\nNot arrived yet: ").append(progress.queued());
            if (progress.lastFailure() != null) {
                text.append(", because ").append(progress.lastFailure());
            }
        }
        if (!progress.dropped().isEmpty()) {
            text.append("\nDropped: ").append(progress.dropped().entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", ")))
                    .append(" (see DropReason and the log)");
        }
    }
}
