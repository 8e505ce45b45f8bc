package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class SecretMaskTest {

    @Test
    void masksEveryKeyWhereverItStands() {
        SecretMask mask = new SecretMask(List.of("phc_project", "phx_personal"));

        assertThat(mask.mask("phc_project phx_personal:phx_personal")).isEqualTo("*** ***:***");
        assertThat(mask.mask("nothing")).isEqualTo("nothing");
        assertThat(mask.mask(null)).isNull();
    }

    @Test
    void leavesNoRestOfAKeyThatBeginsLikeAnother() {
        assertThat(new SecretMask(List.of("key", "key-of-another")).mask("is key-of-another")).isEqualTo("is ***");
    }

    @Test
    void needsNoKeys() {
        assertThat(new SecretMask(List.of()).mask("text")).isEqualTo("text");
    }
}
