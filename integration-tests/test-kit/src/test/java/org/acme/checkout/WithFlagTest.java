package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies flag values in annotations. */
@QuarkusTest
@WithFlag("of-the-class")
@WithFlag(key = "of-both", variant = "class")
class WithFlagTest extends WithInheritedFlag {

    @Inject
    PostHogTestKit posthog;

    @Inject
    @PostHogAccount("marketing")
    PostHogTestKit marketing;

    @Inject
    PostHog application;

    @Test
    void annotationsOfClassApply() {
        assertThat(posthog.flags().values()).isEqualTo(
                Map.of("of-the-class", true, "of-both", "class", "inherited", "parent"));
        assertThat(application.isFeatureEnabled("of-the-class", "anybody").await().indefinitely()).isTrue();
    }

    @Test
    @WithFlag(key = "of-both", enabled = false)
    @WithFlag("of-the-method")
    void annotationOfMethodOverridesClass() {
        assertThat(posthog.flags().values()).containsEntry("of-both", false).containsEntry("of-the-method", true)
                .containsEntry("of-the-class", true);
    }

    @Test
    @WithFlag(key = "of-both", account = "marketing", variant = "theirs")
    void annotationsApplyPerAccount() {
        assertThat(marketing.flags().values()).isEqualTo(Map.of("of-both", "theirs"));
        assertThat(posthog.flags().values()).containsEntry("of-both", "class");
    }

    @Test
    @WithFlag(key = "paid", variant = "high", payload = "{\"percent\": 20}")
    @WithFlag(key = "free", payload = "\"a text\"")
    void annotationSetsPayload() {
        assertThat(application.getFeatureFlagPayload("paid", "anybody", CheckoutResource.Discount.class).await()
                .indefinitely().percent()).isEqualByComparingTo("20");
        assertThat(application.getFeatureFlagPayload("free", "anybody", String.class).await().indefinitely())
                .isEqualTo("a text");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ada", "bob" })
    @WithFlag("of-the-method")
    void annotationsApplyToParameterizedTests(String customer) {
        assertThat(application.isFeatureEnabled("of-the-method", customer).await().indefinitely()).isTrue();
    }

    @Nested
    @WithFlag(key = "of-both", variant = "nested")
    class Inside {

        @Test
        void annotationOfNestedClassOverridesEnclosingClass() {
            assertThat(posthog.flags().values()).containsEntry("of-both", "nested")
                    .containsEntry("of-the-class", true);
        }

        @Test
        @WithFlag(key = "of-both", variant = "method")
        void annotationOfMethodOverridesNestedClass() {
            assertThat(posthog.flags().values()).containsEntry("of-both", "method");
        }
    }
}
