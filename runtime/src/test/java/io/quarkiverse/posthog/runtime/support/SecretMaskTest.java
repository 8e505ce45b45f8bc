package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
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
    void theBeginningOfALongTextHasNoPartOfAKeyAtItsEnd() {
        SecretMask mask = new SecretMask(List.of("phc_project"));
        for (int before = 0; before < 60; before++) {
            String text = "phc_project".repeat(40) + "x".repeat(before) + "phc_project and more".repeat(10_000);
            for (int most : new int[] { 0, 1, 10, 100, 150 }) {
                assertThat(mask.truncated(text, most)).endsWith("...").hasSizeLessThanOrEqualTo(most + 3)
                        .doesNotContain("phc");
            }
        }
        assertThat(mask.truncated("is phc_project", 6)).isEqualTo("is ***");
        assertThat(mask.truncated("is phc_project", 5)).isEqualTo("is **...");
        assertThat(new SecretMask(List.of()).truncated("text", 3)).isEqualTo("tex...");
    }

    @Test
    void masksOtherSecretKeysOfPostHog() {
        SecretMask mask = new SecretMask(List.of());

        assertThat(mask.mask("phx_12345678, (phs_abcd-EFGH_12) x_phr_12345678 pha_12345678")).isEqualTo("***, (***) x_*** ***");
        assertThat(mask.mask("phx_1234567 phc_12345678 paragraphs_in_text"))
                .isEqualTo("phx_1234567 phc_12345678 paragraphs_in_text");
    }

    @Test
    void takesLinearTime() {
        String text = "phx_1234567 ".repeat(200_000) + "phx_phx_".repeat(200_000);

        assertThat(assertTimeout(Duration.ofSeconds(5), () -> new SecretMask(List.of("phx_secret")).mask(text)))
                .endsWith("***");
    }

    @Test
    void needsNoKeys() {
        assertThat(new SecretMask(List.of()).mask("text")).isEqualTo("text");
    }
}
