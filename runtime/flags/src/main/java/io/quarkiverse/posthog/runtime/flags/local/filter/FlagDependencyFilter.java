package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** Matches the value of another flag. */
public final class FlagDependencyFilter implements Filter {

    private final int[] chain;
    private final int flag;
    /** A Boolean or String. Another type never matches. */
    private final Object expected;
    private final Inconclusive inconclusive;
    private final Inconclusive needsServer;

    /** @param chain the dependencies of the flag in evaluation order, and the flag itself as the last element */
    public FlagDependencyFilter(int[] chain, int flag, String key, Object expected) {
        this.chain = chain;
        this.flag = flag;
        this.expected = expected;
        String reason = "flag '" + key + "', on which it depends, is inconclusive";
        this.inconclusive = Inconclusive.because(reason, InconclusiveCause.UNRESOLVED_DEPENDENCY);
        this.needsServer = Inconclusive.needsServer(reason, InconclusiveCause.UNRESOLVED_DEPENDENCY);
    }

    /** {@inheritDoc} PostHog does not define the dependency on a flag with ordered rules. */
    @Override
    public Match test(EvaluationRun run) {
        for (int before : chain) {
            // In this order, the dependencies of each flag are already evaluated
            run.result(before);
        }
        LocalResult result = run.result(flag);
        if (result instanceof Value value && value.rule() == null) {
            return Match.of(matches(value));
        }
        boolean server = result instanceof Inconclusive other && other.needsServer();
        return server ? run.inconclusive(Match.SERVER, needsServer) : run.inconclusive(Match.UNKNOWN, inconclusive);
    }

    private boolean matches(Value value) {
        if (expected instanceof Boolean bool) {
            return bool == value.enabled();
        }
        return value.variant() != null && value.variant().equals(expected);
    }
}
