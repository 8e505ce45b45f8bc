package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** Matches the value of another flag. */
public final class FlagDependencyFilter implements Filter {

    private final int[] chain;
    private final int flag;
    /** Boolean or String; another kind of value never matches. */
    private final Object expected;
    private final Inconclusive undecided;
    private final Inconclusive needsServer;

    /** @param chain what the flag itself depends on, first things first, and the flag at its end */
    public FlagDependencyFilter(int[] chain, int flag, String key, Object expected) {
        this.chain = chain;
        this.flag = flag;
        this.expected = expected;
        String reason = "flag '" + key + "', on which it depends, cannot be decided";
        this.undecided = Inconclusive.because(reason);
        this.needsServer = Inconclusive.needsServer(reason);
    }

    @Override
    public Match test(EvaluationRun pass) {
        for (int before : chain) {
            // In this order none has to look for what it depends on
            pass.result(before);
        }
        LocalResult result = pass.result(flag);
        if (result instanceof Value value) {
            return Match.of(matches(value));
        }
        boolean server = result instanceof Inconclusive inconclusive && inconclusive.needsServer();
        return server ? pass.undecided(Match.SERVER, needsServer) : pass.undecided(Match.UNKNOWN, undecided);
    }

    private boolean matches(Value value) {
        if (expected instanceof Boolean bool) {
            return bool == value.enabled();
        }
        return value.variant() != null && value.variant().equals(expected);
    }
}
