package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** An unquoted key or host prevents the emulator, unless only a host is configured and the emulator is enabled. */
class RealAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.devservices.enabled", "false")
            .overrideConfigKey("quarkus.posthog.shop.project-api-key", "phc_real")
            .overrideConfigKey("quarkus.posthog.shop.host", "http://localhost:1")
            .overrideConfigKey("quarkus.posthog.only-host.host", "http://localhost:2")
            .overrideConfigKey("quarkus.posthog.enabled.host", "http://localhost:3")
            .overrideConfigKey("quarkus.posthog.enabled.ingestion-host", "http://localhost:3")
            .overrideConfigKey("quarkus.posthog.enabled.devservices.enabled", "true")
            .setLogRecordPredicate(record -> record.getMessage().contains("emulat"))
            .assertLogRecords(records -> {
                List<String> messages = records.stream().map(RealAccountTest::message).toList();
                assertThat(messages).hasSize(3)
                        .anySatisfy(message -> assertThat(message).contains("'shop': the emulator is disabled",
                                "quarkus.posthog.\"shop\".project-api-key", "http://localhost:1", "%prod."))
                        .anySatisfy(message -> assertThat(message).contains("'only-host': the emulator is disabled",
                                "%prod.quarkus.posthog.\"only-host\".host",
                                "quarkus.posthog.\"only-host\".devservices.enabled=true"))
                        .anySatisfy(message -> assertThat(message).contains("'enabled' is emulated at"));
            });

    @Inject
    PostHogAccounts accounts;

    private static String message(LogRecord record) {
        return new PatternFormatter("%s").format(org.jboss.logmanager.ExtLogRecord.wrap(record));
    }

    @Test
    @Tag("CFG-4")
    void realValuesAreUsedAndLogged() {
        assertThat(accounts.names()).containsExactly("enabled", "shop");
        assertThat(accounts.get("shop").toString()).contains("http://localhost:1");
        assertThat(accounts.get("enabled").toString()).contains("http://localhost:").doesNotContain("http://localhost:3,");
    }
}
