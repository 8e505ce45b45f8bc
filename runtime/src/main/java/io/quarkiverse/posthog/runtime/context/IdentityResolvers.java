package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ManagedContext;

/** Asks the application who makes a request. A resolver that fails, or that can't even be created, knows nobody. */
final class IdentityResolvers {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.context");

    /** @param bean creates the resolver when it is first asked, and again after that has failed */
    record Resolver(String name, Supplier<PostHogIdentityResolver> bean) {
    }

    private final Supplier<List<Resolver>> lookup;
    private volatile List<Resolver> resolvers;
    private final ThreadLocal<Boolean> resolving = new ThreadLocal<>();
    /** What failed when it was last asked, so that it is logged once. */
    private final Set<Resolver> failing = ConcurrentHashMap.newKeySet();

    /** @param lookup in the order they are asked; done when first needed, since they may use PostHog themselves */
    IdentityResolvers(Supplier<List<Resolver>> lookup) {
        this.lookup = lookup;
    }

    /** Those of the application. */
    static IdentityResolvers of(ArcContainer container) {
        ManagedContext requests = container.requestContext();
        return new IdentityResolvers(() -> container
                .listAll(PostHogIdentityResolver.class, Any.Literal.INSTANCE).stream()
                .map(handle -> new Resolver(handle.getBean().getBeanClass().getName(),
                        () -> inRequest(requests, handle.get())))
                .toList());
    }

    /** In the callbacks of a WebSocket connection, there may be no CDI request, which resolvers rely on. */
    private static PostHogIdentityResolver inRequest(ManagedContext requests, PostHogIdentityResolver resolver) {
        return () -> {
            if (requests.isActive()) {
                return resolver.resolve();
            }
            requests.activate();
            try {
                return resolver.resolve();
            } finally {
                requests.terminate();
            }
        };
    }

    /** Never fails. */
    Optional<PostHogIdentity> resolve() {
        // A resolver may capture events and evaluate flags, which must not call it again without end
        if (all().isEmpty() || resolving.get() != null) {
            return Optional.empty();
        }
        resolving.set(true);
        try {
            return first();
        } finally {
            resolving.remove();
        }
    }

    private Optional<PostHogIdentity> first() {
        for (Resolver resolver : all()) {
            try {
                Optional<PostHogIdentity> identity = resolver.bean().get().resolve();
                if (!failing.isEmpty()) {
                    failing.remove(resolver);
                }
                if (identity.isPresent()) {
                    return identity;
                }
            } catch (RuntimeException e) {
                if (failing.add(resolver)) {
                    LOG.warnf(e, "%s could not tell who makes a request; the next one is asked, and this is not "
                            + "logged again until it can", resolver.name());
                }
            }
        }
        return Optional.empty();
    }

    private List<Resolver> all() {
        List<Resolver> all = resolvers;
        if (all == null) {
            all = lookup.get();
            resolvers = all;
        }
        return all;
    }
}
