package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.rest.Refusals;

/** Large flag requests are compressed, unless the host cannot decompress them. */
@Tag("RFL-12")
class FlagCompressionTest {

    private static final FlagContext LARGE = FlagContext.of(PERSON).personProperty("notes", "text".repeat(500));

    private TestEvaluations test = TestEvaluations.of();

    @Test
    void onlyALargeRequestIsCompressed() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(test.evaluate(FlagContext.of(PERSON)).isEnabled("beta-ui")).isTrue();
        assertThat(test.evaluate(LARGE).isEnabled("beta-ui")).isTrue();

        assertThat(test.postHog.encodings).containsExactly("null", "gzip");
        assertThat(test.postHog.requests.get(1).at("/person_properties/notes").asText()).hasSize(2_000);
    }

    @Test
    void compressionCanBeDisabled() {
        test = TestEvaluations.of("flags.compression", "none");

        test.evaluate(LARGE);

        assertThat(test.postHog.encodings).containsExactly("null");
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip decompression failed", "Could not DECOMPRESS the body", "unexpected end of file" })
    void aRequestThatCannotBeDecompressedIsSentAgainOnce(String detail) {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        test.postHog.fails(Refusals.of(400, "validation_error", detail));

        assertThat(test.evaluate(LARGE).isEnabled("beta-ui")).isTrue();
        assertThat(test.evaluate(LARGE).isEnabled("beta-ui")).isTrue();

        assertThat(test.postHog.encodings).containsExactly("gzip", "null", "null");
        assertThat(test.postHog.requests.get(1)).isEqualTo(test.postHog.requests.get(0));
    }

    @ParameterizedTest
    @CsvSource({ "400, Invalid token", "415, gzip is not supported", "500, gzip decompression failed", "413, gzip" })
    void anyOtherResponseIsFinal(int status, String detail) {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        test.postHog.fails(Refusals.of(status, "validation_error", detail));

        FlagSnapshot failed = test.evaluate(LARGE);
        test.evaluate(LARGE);

        assertThat(failed.errors()).containsExactly(FlagError.apiError(status));
        assertThat(test.postHog.encodings).containsExactly("gzip", "gzip");
    }

    @Test
    void onlyTheFirst512CharactersCount() {
        test.postHog.fails(Refusals.of(400, "validation_error", "x".repeat(512) + "gzip"));

        test.evaluate(LARGE);

        assertThat(test.postHog.encodings).containsExactly("gzip");
    }

    @Test
    void anUncompressedRequestIsNotSentAgain() {
        test.postHog.fails(Refusals.of(400, "validation_error", "gzip decompression failed"));
        test.postHog.fails(Refusals.of(400, "validation_error", "gzip decompression failed"));

        assertThat(test.evaluate(FlagContext.of(PERSON)).errors()).containsExactly(FlagError.apiError(400));
        assertThat(test.evaluate(FlagContext.of(PERSON)).errors()).containsExactly(FlagError.apiError(400));

        assertThat(test.postHog.encodings).containsExactly("null", "null");
    }
}
