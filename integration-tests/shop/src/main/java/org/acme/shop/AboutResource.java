package org.acme.shop;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which PostHog each account talks to; no keys. */
@Path("/about")
public class AboutResource {

    private static final String US = "https://us.posthog.com";

    @ConfigProperty(name = "quarkus.posthog.host", defaultValue = US)
    String host;

    @ConfigProperty(name = "quarkus.posthog.\"marketing\".host", defaultValue = US)
    String marketingHost;

    public record Account(String name, String host) {
    }

    @GET
    public List<Account> accounts() {
        return List.of(new Account("default", host), new Account("marketing", marketingHost));
    }
}
