package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.LongTexts;
import io.quarkiverse.posthog.runtime.rest.pagination.NextPageLink;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/** Headers, links and bodies of a server that is not PostHog, or that means harm. */
class LongHeadersTest {

    @Test
    void retryAfter() {
        LongTexts.parse(1_000_000, RetryAfter::parse);
        assertThat(RetryAfter.parse("9".repeat(1_000_000))).isNull();
    }

    @Test
    void links() {
        LongTexts.parse(1_000_000, NextPageLink::parameters, IllegalArgumentException.class);
        LongTexts.parse(1_000_000, text -> NextPageLink.parameters("/api/projects/1/cohorts/?offset=" + text),
                IllegalArgumentException.class);
    }

    @Test
    void textWithKeys() {
        SecretMask mask = new SecretMask(List.of("phc_aaaaaaaaaaaaaaaaaaaab", "phx_aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaab"));
        LongTexts.parse(1_000_000, mask::mask);
    }
}
