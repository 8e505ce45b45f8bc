package org.acme;

import java.net.URI;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;

@ApplicationScoped
public class Tenants {

    // tag::inject[]
    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("work")
    PostHog work;
    // end::inject[]

    // tag::accounts[]
    @Inject
    PostHogAccounts accounts;

    PostHog ofTenant(String tenant, String projectKey, String personalKey) {
        return accounts.getOrOpen(tenant, () -> AccountSettings.create() // <1>
                .host(URI.create("https://eu.posthog.com"))
                .projectApiKey(projectKey)
                .personalApiKey(personalKey)
                .set("capture.flush-at", "500")); // <2>
    }
    // end::accounts[]
}
