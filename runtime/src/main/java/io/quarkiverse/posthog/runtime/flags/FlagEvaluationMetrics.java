package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics.FlagSource;

/** Counts evaluated flags by the source of their values, if metrics are enabled. */
final class FlagEvaluationMetrics {

    private final AccountMetrics metrics;

    FlagEvaluationMetrics(AccountMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param keys the keys of the requested flags; empty for all flags */
    void evaluated(Set<String> keys, Map<String, ResolvedFlag> flags) {
        if (metrics == AccountMetrics.NONE) {
            return;
        }
        int local = 0;
        for (ResolvedFlag flag : flags.values()) {
            local += flag.local() ? 1 : 0;
        }
        count(FlagSource.LOCAL, local);
        count(FlagSource.REMOTE, flags.size() - local);
        count(FlagSource.MISSING, keys.isEmpty() ? 0 : keys.size() - flags.size());
    }

    private void count(FlagSource source, int flags) {
        if (flags > 0) {
            metrics.evaluated(source, flags);
        }
    }
}
