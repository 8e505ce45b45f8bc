package io.quarkiverse.posthog.runtime.flags;

import java.util.Collection;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.quarkiverse.posthog.runtime.support.LogText;

/** Warns of mistakes in the use of snapshots, once per flag and kind of mistake. Used by many threads at once. */
final class SnapshotWarnings {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final String account;
    private final DuplicateMessageFilter<String> wrongType = new DuplicateMessageFilter<>();
    private final DuplicateMessageFilter<String> unknown = new DuplicateMessageFilter<>();

    SnapshotWarnings(String account) {
        this.account = account;
    }

    /** The payload itself is not logged, because it may be confidential. */
    void payloadOfOtherType(String flag, Class<?> type) {
        if (wrongType.isFirst(flag)) {
            LOG.warnf("PostHog account '%s': the payload of flag '%s' is not a %s and is treated as missing; "
                    + "check the type or the payload (logged once per flag)", account, LogText.of(flag),
                    type == null ? null : type.getSimpleName());
        }
    }

    /** Keys were selected that the snapshot does not contain. */
    void unknownKeys(Collection<String> flags) {
        List<String> first = flags.stream().filter(unknown::isFirst).map(LogText::of).toList();
        if (!first.isEmpty()) {
            LOG.warnf("PostHog account '%s': the flags %s are not in the snapshot from which only(...) selects, and are left "
                    + "out; check their keys (logged once per flag)", account, first);
        }
    }
}
