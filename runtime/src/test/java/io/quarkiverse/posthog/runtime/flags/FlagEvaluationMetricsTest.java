package io.quarkiverse.posthog.runtime.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;

class FlagEvaluationMetricsTest {

    private final Map<AccountMetrics.FlagSource, Integer> counts = new EnumMap<>(AccountMetrics.FlagSource.class);

    private final FlagEvaluationMetrics meter = new FlagEvaluationMetrics(new AccountMetrics() {

        @Override
        public void evaluated(FlagSource source, int flags) {
            counts.merge(source, flags, Integer::sum);
        }
    });

    @Test
    @Tag("MET-4")
    void flagsAreCountedByWhereTheirValuesComeFrom() {
        Map<String, ResolvedFlag> flags = Map.of("a", flag("a", true), "b", flag("b", true), "c", flag("c", false));

        meter.evaluated(Set.of(), flags);
        assertThat(counts).isEqualTo(Map.of(AccountMetrics.FlagSource.LOCAL, 2, AccountMetrics.FlagSource.REMOTE, 1));

        counts.clear();
        meter.evaluated(Set.copyOf(List.of("a", "x", "y")), Map.of("a", flag("a", false)));
        assertThat(counts).isEqualTo(Map.of(AccountMetrics.FlagSource.REMOTE, 1, AccountMetrics.FlagSource.MISSING, 2));
    }

    private static ResolvedFlag flag(String key, boolean local) {
        return local
                ? ResolvedFlag.local(new FlagMetadata(key, null, null, null, Map.of(), 1, null, Set.of()),
                        new LocalResult.Value(true, null, null, MatchReason.CONDITION_MATCH, 0), false)
                : new ResolvedFlag.Remote(key, FlagValue.ON, null, null, null, null, -1, null, null, null,
                        RuleMetadata.V1, false, null);
    }
}
