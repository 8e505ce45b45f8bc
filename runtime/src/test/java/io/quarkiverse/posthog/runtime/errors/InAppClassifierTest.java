package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.runtime.config.TestAccounts;

/** Which classes are the application's own. */
class InAppClassifierTest {

    @ParameterizedTest
    @CsvSource({
            "org.acme.Orders,               true",
            "org.acme.Orders$1,             true",
            "org.acme.Orders_ClientProxy,   false",
            "org.acme.Orders$Other,         false",
            "org.acme.Ordersx,              false",
            "org.acme.Other,                false",
            "java.lang.Thread,              false" })
    @Tag("EXC-2")
    void theClassesThatTheBuildFoundAre(String name, boolean inApp) {
        assertThat(inApp().test(name)).isEqualTo(inApp);
    }

    @ParameterizedTest
    @CsvSource({
            "com.shared.Money,              true",
            "com.shared.deep.Money,         true",
            "com.shared,                    true",
            "com.sharedother.Money,         false",
            "com.single.Type,               true",
            "com.single.Type$Nested,        true",
            "com.single.Types,              false",
            "com.shared.generated.Money,    false",
            "org.acme.Orders,               false",
            "org.acme.Orders$1,             false" })
    @Tag("EXC-2")
    void theConfigurationAddsAndTakesAway(String name, boolean inApp) {
        assertThat(inApp("exceptions.in-app-include", "com.shared, com.single.Type",
                "exceptions.in-app-exclude", "com.shared.generated.,org.acme").test(name)).isEqualTo(inApp);
    }

    @Test
    void nothingConfiguredIsNothing() {
        assertThat(inApp("exceptions.in-app-include", " , ").test("com.shared.Money")).isFalse();
    }

    private static InAppClassifier inApp(String... properties) {
        return InAppClassifier.of(Set.of("org.acme.Orders", "org.acme.Orders$1"),
                TestAccounts.account(properties).config().exceptions());
    }
}
