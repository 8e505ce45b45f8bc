package io.quarkiverse.posthog.runtime.flags.local.parser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Parses JSON of a server or a shared store into a tree, within limits. JSON that exceeds a limit is rejected like malformed
 * JSON. The limits do not depend on the configuration of the application's {@link ObjectMapper}.
 */
public final class ForeignJson {

    /** A tree needs up to about 100 bytes for each token, and flags that are compiled from it need up to 200 bytes. */
    private static final long HEAP_BYTES_PER_TOKEN = 512;

    private static final long MIN_TOKENS = 100_000;
    private static final long MAX_TOKENS = 20_000_000;

    /** The time to parse a number grows more than linearly with its length. */
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private static final int MAX_NAME_LENGTH = 50_000;
    private static final int MAX_TEXT_LENGTH = StreamReadConstraints.DEFAULT_MAX_STRING_LEN;

    private ForeignJson() {
    }

    /** @param maxNesting the maximum nesting of arrays and objects */
    public static ObjectMapper mapper(int maxNesting) {
        return mapper(StreamReadConstraints.builder().maxNestingDepth(maxNesting).maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH).maxStringLength(MAX_TEXT_LENGTH));
    }

    /** Creates a mapper without limits for the length of names, texts and numbers. The caller must not parse long integers. */
    static ObjectMapper mapperForAnyLength(int maxNesting) {
        return mapper(StreamReadConstraints.builder().maxNestingDepth(maxNesting).maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE));
    }

    private static ObjectMapper mapper(StreamReadConstraints.Builder limits) {
        StreamReadConstraints constraints = limits.maxTokenCount(maxTokens()).build();
        return new ObjectMapper(JsonFactory.builder().streamReadConstraints(constraints).build());
    }

    /** Returns the maximum number of tokens, which depends on the heap size. */
    public static long maxTokens() {
        return Math.max(MIN_TOKENS, Math.min(MAX_TOKENS, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_TOKEN));
    }
}
