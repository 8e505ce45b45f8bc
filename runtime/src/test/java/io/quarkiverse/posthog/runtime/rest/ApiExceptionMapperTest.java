package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.support.SecretMask;

@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
class ApiExceptionMapperTest {

    private static final Operation<?> OPERATION = Operation.read("listPersons", Operation.Limit.PERSONS);

    private final ApiExceptionMapper exceptions = new ApiExceptionMapper(TestAccounts.account(), ObjectMapper::new,
            new SecretMask(List.of("phx_secret")));

    @Test
    void translatesExceptionsThatCauseEachOther() {
        PostHogException translated = exceptions.translate(OPERATION, cycle(new IllegalStateException("first")));

        assertThat(translated).hasMessageContaining("no usable response").hasMessageContaining("first");
    }

    @Test
    void translatesTransportFailuresThatCauseEachOther() {
        IOException failure = cycle(new IOException("first"));

        assertThat(exceptions.translate(OPERATION, failure)).hasMessageContaining("can't reach").hasCause(failure);
    }

    @Test
    void hidesTheCausesIfOneOfThemContainsAKey() {
        IOException failure = new IOException("first", new IllegalStateException("phx_secret"));

        assertThat(exceptions.translate(OPERATION, failure)).hasMessageContaining("***").hasNoCause();
    }

    @Test
    void describesInvalidJsonWhoseExceptionsCauseEachOther() {
        ApiResponse response = new ApiResponse(null, 200, name -> null, "{".getBytes(StandardCharsets.UTF_8));

        assertThat(exceptions.unreadable(OPERATION, response, cycle(new IOException("first"))))
                .hasMessageContaining("can't be read: second");
    }

    private static <T extends Throwable> T cycle(T first) {
        first.initCause(new IllegalArgumentException("second", first));
        return first;
    }
}
