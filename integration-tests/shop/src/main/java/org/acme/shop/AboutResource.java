package org.acme.shop;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;

/** Returns the PostHog host of each account, without keys. */
@Path("/about")
public class AboutResource {

    @Inject
    PostHogAccounts accounts;

    @Inject
    Config config;

    public record Account(String name, String host) {
    }

    @GET
    public List<Account> accounts() {
        return accounts.names().stream().sorted().map(name -> new Account(name, host(name))).toList();
    }

    private String host(String account) {
        String key = account.equals(PostHogAccount.DEFAULT) ? "host" : "\"" + account + "\".host";
        return config.getOptionalValue("quarkus.posthog." + key, String.class).orElse("https://us.posthog.com");
    }
}
