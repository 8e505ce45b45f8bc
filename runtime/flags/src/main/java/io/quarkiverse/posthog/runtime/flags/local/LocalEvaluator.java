package io.quarkiverse.posthog.runtime.flags.local;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasherPool;
import io.quarkiverse.posthog.runtime.flags.local.filter.EvaluationRun;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;

/** Evaluates the flags of one set of definitions. May be used by any number of threads. */
public final class LocalEvaluator {

    private final FlagDefinitions definitions;
    private final BucketingHasherPool pool = new BucketingHasherPool();

    public LocalEvaluator(FlagDefinitions definitions) {
        this.definitions = definitions;
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
        EvaluationRun pass = new EvaluationRun(definitions.compiled(), input, pool);
        try {
            return definitions.compiled()[index].evaluate(pass);
        } finally {
            pass.end();
        }
    }

    /** Evaluates some flags; those that do not exist are missing in the result's sense. */
    public Map<String, LocalResult> evaluate(Collection<String> keys, EvaluationInput input) {
        Map<String, LocalResult> results = new LinkedHashMap<>(keys.size() * 2);
        EvaluationRun pass = new EvaluationRun(definitions.compiled(), input, pool);
        try {
            for (String key : keys) {
                Integer index = definitions.index(key);
                results.put(key, index == null ? LocalResult.MISSING : pass.result(index));
            }
        } finally {
            pass.end();
        }
        return results;
    }

    /** Evaluates all flags. The result cannot be changed. */
    public Map<String, LocalResult> evaluateAll(EvaluationInput input) {
        EvaluationRun pass = EvaluationRun.overAll(definitions.compiled(), input, pool);
        try {
            return new FlagResultMap(definitions.indexes(), pass.results());
        } finally {
            pass.end();
        }
    }
}
