package io.quarkiverse.posthog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountPropertyNameTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', value = {
            "quarkus.posthog.host, default, host",
            "quarkus.posthog.capture.flush-at, default, capture.flush-at",
            "quarkus.posthog.work.exceptions.in-app-include[0], work, exceptions.in-app-include[0]",
            "quarkus.posthog.headers.x.host, default, headers.x.host",
            "quarkus.posthog.devservices.port, default, devservices.port",
            "quarkus.posthog.\"work\".host, work, host",
            "quarkus.posthog.work.host, work, host",
            "quarkus.posthog.work.headers.host, work, headers.host",
            "quarkus.posthog.\"my.work\".capture.queue.max-events, my.work, capture.queue.max-events",
            "quarkus.posthog.my.work.capture.queue.max-events, my.work, capture.queue.max-events",
            "quarkus.posthog.My-Work.devservices.seed, My-Work, devservices.seed" })
    @Tag("CFG-2")
    void namesTheAccountAndTheProperty(String name, String account, String property) {
        assertThat(AccountPropertyName.parse(name)).isEqualTo(new AccountPropertyName(account, property));
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.posthog.context.identity-order", "quarkus.posthog.health.enabled",
            "quarkus.posthog.hosts",
            "quarkus.posthog.capture.host", "quarkus.posthog.\"flags\".host", "quarkus.posthog.\"\".host",
            "quarkus.posthog.\"work.host", "quarkus.posthog.work", "quarkus.http.host", "quarkus.posthog.project.api.key" })
    @Tag("CFG-2")
    void otherPropertiesAreNoKeysOfAccounts(String name) {
        assertThat(AccountPropertyName.parse(name)).isNull();
    }

    @Test
    @Tag("CFG-2")
    void variableBelongsToTheAccountThatOtherNamesMention() {
        assertThat(AccountPropertyName.normalize(Set.of("QUARKUS_POSTHOG__MY_SHOP__HOST", "quarkus.posthog.\"my.shop\".host",
                "quarkus.posthog.My-Shop.project-id")))
                .containsExactlyInAnyOrder("QUARKUS_POSTHOG__MY_SHOP__HOST", "quarkus.posthog.\"My-Shop\".host",
                        "quarkus.posthog.\"My-Shop\".project-id");
    }

    @Test
    @Tag("CFG-2")
    void variableWithoutQuotesNamesOneAccount() {
        assertThat(AccountPropertyName.normalize(Set.of("QUARKUS_POSTHOG_EU_SHOP_INGESTION_HOST",
                "quarkus.posthog.eu.shop.ingestion.host")))
                .containsExactlyInAnyOrder("QUARKUS_POSTHOG_EU_SHOP_INGESTION_HOST",
                        "quarkus.posthog.\"eu-shop\".ingestion-host");
    }

    @Test
    @Tag("CFG-2")
    void variableMayNameAnElementOfAList() {
        assertThat(AccountPropertyName.normalize(Set.of("QUARKUS_POSTHOG__MY_SHOP__EXCEPTIONS_IN_APP_INCLUDE_0_",
                "quarkus.posthog.\"my.shop\".exceptions.in-app-include[0]")))
                .containsExactlyInAnyOrder("QUARKUS_POSTHOG__MY_SHOP__EXCEPTIONS_IN_APP_INCLUDE_0_",
                        "quarkus.posthog.\"my-shop\".exceptions.in-app-include[0]");
    }

    @Test
    @Tag("CFG-2")
    void variableOfAnotherProfileIsIgnored() {
        assertThat(
                AccountPropertyName.normalize(Set.of("_DEV_QUARKUS_POSTHOG__SHOP__HOST", "%dev.quarkus.posthog.\"shop\".host")))
                .containsExactlyInAnyOrder("_DEV_QUARKUS_POSTHOG__SHOP__HOST", "%dev.quarkus.posthog.\"shop\".host");
    }
}
