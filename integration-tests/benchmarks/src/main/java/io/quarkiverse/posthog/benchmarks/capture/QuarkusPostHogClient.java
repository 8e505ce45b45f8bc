package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;

/** Capturing with this extension. The settings are passed to {@link AccountSettings#set}. */
final class QuarkusPostHogClient implements CaptureClient {

    private static final String ACCOUNT = "benchmark";

    private final PostHogAccounts accounts;
    private final PostHog posthog;

    QuarkusPostHogClient(PostHogAccounts accounts, URI sink, Map<String, String> settings) {
        this.accounts = accounts;
        AccountSettings account = AccountSettings.create().host(sink).projectApiKey("phc_benchmark");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            account = account.set(setting.getKey(), setting.getValue());
        }
        this.posthog = accounts.open(ACCOUNT, account);
    }

    @Override
    public boolean capture(SampleEvent event) {
        return posthog.capture(CaptureEvent.of(SampleEvent.NAME, event.distinctId())
                .property("plan", event.plan())
                .property("page", event.page())
                .property("items", event.items())
                .property("number", event.number())
                .property("first_order", event.firstOrder())
                .property("total", event.total())).isPresent();
    }

    @Override
    public void flush() {
        posthog.flush().await().indefinitely();
    }

    @Override
    public void close() {
        accounts.close(ACCOUNT);
    }
}
