package io.quarkiverse.posthog.runtime.flags.local;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasherPool;
import io.quarkiverse.posthog.runtime.flags.local.filter.EvaluationRun;
import io.quarkiverse.posthog.runtime.flags.local.filter.FailureListener;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;

/** Evaluates the flags of one set of flag definitions. Thread-safe. */
public final class LocalEvaluator {

    private final FlagDefinitions definitions;
    private final FailureListener failures;
    private final BucketingHasherPool pool = new BucketingHasherPool();

    public LocalEvaluator(FlagDefinitions definitions) {
        this(definitions, FailureListener.NONE);
    }

    /** @param failures receives the exceptions of evaluations, whose flags are inconclusive */
    public LocalEvaluator(FlagDefinitions definitions, FailureListener failures) {
        this.definitions = definitions;
        this.failures = failures;
    }

    public FlagDefinitions definitions() {
        return definitions;
    }

    /** Evaluates one flag. */
    public LocalResult evaluate(String key, EvaluationInput input) {
        Integer index = definitions.index(key);
        if (index == null) {
            return LocalResult.MISSING;
        }
        EvaluationRun run = new EvaluationRun(definitions.compiled(), input, pool, failures);
        try {
            return run.evaluate(definitions.compiled()[index]);
        } finally {
            run.end();
        }
    }

    /** Evaluates some flags. The result contains {@link LocalResult#MISSING} for a key without a flag. */
    public Map<String, LocalResult> evaluate(Collection<String> keys, EvaluationInput input) {
        if (keys.size() == 1) {
            String key = keys.iterator().next();
            return Map.of(key, evaluate(key, input));
        }
        Map<String, LocalResult> results = new LinkedHashMap<>(keys.size() * 2);
        EvaluationRun run = new EvaluationRun(definitions.compiled(), input, pool, failures);
        try {
            for (String key : keys) {
                Integer index = definitions.index(key);
                results.put(key, index == null ? LocalResult.MISSING : run.result(index));
            }
        } finally {
            run.end();
        }
        return results;
    }

    /** Evaluates all flags. The result is unmodifiable. */
    public Map<String, LocalResult> evaluateAll(EvaluationInput input) {
        EvaluationRun run = EvaluationRun.overAll(definitions.compiled(), input, pool, failures);
        try {
            return new FlagResultMap(definitions.indexes(), run.results());
        } finally {
            run.end();
        }
    }
}
