package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Collects an exception with its causes, suppressed exceptions and members in PostHog's order: depth-first, each
 * exception before its related ones, and each only once.
 */
final class ExceptionListBuilder {

    /** The maximum number of exceptions. Later ones are omitted. */
    static final int MAX_ENTRIES = 50;

    /**
     * An exception in the list.
     *
     * @param parent the index of the exception to which it is related; -1 for the outermost one
     * @param relation the relation to that exception, such as {@code cause}; null for the outermost one
     */
    record Entry(Throwable thrown, int parent, String relation) {
    }

    private ExceptionListBuilder() {
    }

    static List<Entry> of(Throwable outermost) {
        List<Entry> entries = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Entry> next = new ArrayDeque<>();
        next.push(new Entry(outermost, -1, null));
        while (!next.isEmpty() && entries.size() < MAX_ENTRIES) {
            Entry entry = next.pop();
            if (seen.add(entry.thrown())) {
                List<Entry> nested = nested(entry.thrown(), entries.size());
                entries.add(entry);
                Collections.reverse(nested);
                nested.forEach(next::push);
            }
        }
        return entries;
    }

    /**
     * Returns the related exceptions in the order in which Java prints them, with the cause last, so that the root cause ends
     * the list.
     */
    private static List<Entry> nested(Throwable thrown, int parent) {
        List<Entry> nested = new ArrayList<>();
        // First, because the members of a composite exception are also its cause and its suppressed exceptions
        add(nested, ThrowableReader.members(thrown), parent, "member");
        add(nested, ThrowableReader.suppressed(thrown), parent, "suppressed");
        Throwable cause = ThrowableReader.cause(thrown);
        if (cause != null) {
            nested.add(new Entry(cause, parent, "cause"));
        }
        return nested;
    }

    private static void add(List<Entry> nested, List<Throwable> all, int parent, String relation) {
        all.stream().limit(MAX_ENTRIES).forEach(thrown -> nested.add(new Entry(thrown, parent, relation)));
    }
}
