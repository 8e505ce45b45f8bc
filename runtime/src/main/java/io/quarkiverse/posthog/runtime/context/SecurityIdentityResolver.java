package io.quarkiverse.posthog.runtime.context;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;

import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.SecurityConfig;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;

/** The authenticated user. */
// Without a scope, because it is a bean only in applications with security. Used after the resolvers of the application
@Priority(Integer.MIN_VALUE)
public class SecurityIdentityResolver implements PostHogIdentityResolver {

    private final CurrentIdentityAssociation association;
    private final Instance<HttpRequestInfoProvider> http;
    private final Instance<TokenClaims> claims;
    private final SecurityConfig config;

    @Inject
    public SecurityIdentityResolver(CurrentIdentityAssociation association, Instance<HttpRequestInfoProvider> http,
            Instance<TokenClaims> claims, PostHogContextConfig config) {
        this.association = association;
        this.http = http;
        this.claims = claims;
        this.config = config.security();
    }

    @Override
    public Optional<PostHogIdentity> resolve() {
        SecurityIdentity identity = config.enabled() ? authenticated() : null;
        if (identity == null || identity.isAnonymous()) {
            return Optional.empty();
        }
        String distinctId = config.distinctIdClaim().map(claim -> text(identity, claim))
                .orElseGet(() -> config.distinctIdClaim().isPresent() ? null : identity.getPrincipal().getName());
        if (distinctId == null || distinctId.isBlank()) {
            return Optional.empty();
        }
        PostHogIdentity person = PostHogIdentity.of(distinctId);
        for (var group : config.groupClaims().entrySet()) {
            String key = text(identity, group.getValue());
            if (key != null && !key.isBlank()) {
                person = person.group(group.getKey(), key);
            }
        }
        return Optional.of(person);
    }

    /** Returns the identity of an authenticated user. Never triggers authentication, which may take time or fail. */
    private SecurityIdentity authenticated() {
        HttpRequestInfo request = http.isResolvable() ? http.get().current() : null;
        if (request != null && !request.isAuthenticated()) {
            return null;
        }
        AtomicReference<SecurityIdentity> now = new AtomicReference<>();
        association.getDeferredIdentity().subscribe().with(now::set, ignored -> {
        });
        return now.get();
    }

    private String text(SecurityIdentity identity, String claim) {
        Object value = claims.isResolvable() ? claims.get().claim(identity.getPrincipal(), claim) : null;
        value = value == null ? identity.getAttribute(claim) : value;
        if (value instanceof JsonString text) {
            return text.getString();
        }
        return value instanceof CharSequence || value instanceof Number || value instanceof JsonNumber ? value.toString()
                : null;
    }
}
