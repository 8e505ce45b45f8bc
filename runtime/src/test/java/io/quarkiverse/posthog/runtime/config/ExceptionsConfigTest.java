package io.quarkiverse.posthog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;

import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.runtime.config.ExceptionsConfig.AutocaptureConfig;

class ExceptionsConfigTest {

    @ParameterizedTest
    @CsvSource({ "min-status, -1, at least 0", "rate-limit.window, 0s, at least 1ms",
            "rate-limit.per-exception, -1, at least 0", "rate-limit.total, -1, at least 0" })
    void saysWhatMakesNoSense(String property, String value, String expected) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestAccounts.account("exceptions." + property, value))
                .withMessageStartingWith("quarkus.posthog.exceptions." + property + " must be " + expected + ", but is ");
    }

    @Test
    void everythingIsOffUnlessItIsSwitchedOn() {
        ExceptionsConfig config = TestAccounts.account().config().exceptions();

        assertThat(config.autocapture().enabled()).isFalse();
        assertThat(config.log().enabled()).isFalse();
        assertThat(config.log().messages()).isFalse();
        assertThat(config.log().level()).isEqualTo(Level.ERROR);
        AutocaptureConfig autocapture = config.autocapture();
        assertThat(List.of(autocapture.rest(), autocapture.routes(), autocapture.scheduler(), autocapture.messaging(),
                autocapture.uncaught()))
                .allSatisfy(source -> assertThat(source).isEmpty());
    }

    @Test
    void environmentVariablesSwitchItOn() {
        Map<String, AccountConfig> accounts = AccountConfigs.ofEnvironment(Map.of(
                "QUARKUS_POSTHOG_PROJECT_API_KEY", "phc_default",
                "QUARKUS_POSTHOG_EXCEPTIONS_AUTOCAPTURE_ENABLED", "true",
                "QUARKUS_POSTHOG_EXCEPTIONS_AUTOCAPTURE_SCHEDULER", "false",
                "QUARKUS_POSTHOG_EXCEPTIONS_MIN_STATUS", "400",
                "QUARKUS_POSTHOG_EXCEPTIONS_LOG_ENABLED", "true",
                "QUARKUS_POSTHOG_EXCEPTIONS_LOG_CATEGORIES", "org.acme,com.shared",
                "QUARKUS_POSTHOG__WORK__PROJECT_API_KEY", "phc_work",
                "QUARKUS_POSTHOG__WORK__EXCEPTIONS_AUTOCAPTURE_UNCAUGHT", "true"));

        ExceptionsConfig config = accounts.get("default").exceptions();
        assertThat(accounts).containsOnlyKeys("default", "work");
        assertThat(config.autocapture().enabled()).isTrue();
        assertThat(config.autocapture().scheduler()).contains(false);
        assertThat(config.minStatus()).isEqualTo(400);
        assertThat(config.log().enabled()).isTrue();
        assertThat(config.log().categories()).contains(List.of("org.acme", "com.shared"));
        assertThat(accounts.get("work").exceptions().autocapture().enabled()).isFalse();
        assertThat(accounts.get("work").exceptions().autocapture().uncaught()).contains(true);
    }
}
