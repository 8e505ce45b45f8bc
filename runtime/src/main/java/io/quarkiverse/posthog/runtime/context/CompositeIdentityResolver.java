package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.quarkiverse.posthog.runtime.support.LogText;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ManagedContext;

/**
 * Calls the identity resolvers of the application in order. A resolver that fails, or cannot be created, returns no
 * person.
 */
final class CompositeIdentityResolver {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.context");

    /** @param bean returns the resolver; creates it on the first call, and on later calls if that failed */
    record Resolver(String name, Supplier<PostHogIdentityResolver> bean) {
    }

    private final Supplier<List<Resolver>> lookup;
    private volatile List<Resolver> resolvers;
    private final ThreadLocal<Boolean> resolving = new ThreadLocal<>();
    private final DuplicateMessageFilter<Resolver> failures = new DuplicateMessageFilter<>();
    private final DuplicateMessageFilter<String> illegalIds = new DuplicateMessageFilter<>();
    private final DuplicateMessageFilter<Resolver> illegalGroups = new DuplicateMessageFilter<>();

    /** @param lookup returns the resolvers in order; called on first use, because they can use {@code PostHog} themselves */
    CompositeIdentityResolver(Supplier<List<Resolver>> lookup) {
        this.lookup = lookup;
    }

    /** Creates a resolver that calls the resolver beans of the application. */
    static CompositeIdentityResolver of(ArcContainer container) {
        ManagedContext requests = container.requestContext();
        return new CompositeIdentityResolver(() -> container
                .listAll(PostHogIdentityResolver.class, Any.Literal.INSTANCE).stream()
                .map(handle -> new Resolver(handle.getBean().getBeanClass().getName(),
                        () -> inRequest(requests, handle.get())))
                .toList());
    }

    /**
     * Activates a CDI request context, which resolvers rely on, if none is active, as in callbacks of WebSocket connections.
     */
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
                failures.reset(resolver);
                if (identity.isPresent() && isPerson(identity.get(), resolver)) {
                    return identity.map(person -> withoutIllegalGroups(person, resolver));
                }
            } catch (RuntimeException e) {
                if (failures.isFirst(resolver)) {
                    LOG.warnf(e, "PostHogIdentityResolver %s failed; trying the next resolver. Further failures are not "
                            + "logged until it succeeds again", resolver.name());
                }
            }
        }
        return Optional.empty();
    }

    private boolean isPerson(PostHogIdentity identity, Resolver resolver) {
        if (!DistinctIds.isIllegal(identity.distinctId())) {
            return true;
        }
        if (illegalIds.isFirst(DistinctIds.plain(identity.distinctId()))) {
            LOG.warnf(
                    "%s returned the distinct ID '%s', which is blank or a placeholder on PostHog's list of illegal IDs; it is"
                            + " ignored; return the ID of the person, or an empty result; this is logged once per ID",
                    resolver.name(),
                    LogText.of(identity.distinctId()));
        }
        return false;
    }

    private PostHogIdentity withoutIllegalGroups(PostHogIdentity identity, Resolver resolver) {
        PostHogIdentity person = PostHogIdentity.of(identity.distinctId());
        for (var group : identity.groups().entrySet()) {
            if (!DistinctIds.isIllegal(group.getKey()) && !DistinctIds.isIllegal(group.getValue())) {
                person = person.group(group.getKey(), group.getValue());
            } else if (illegalGroups.isFirst(resolver)) {
                LOG.warnf("%s returned the group '%s' of type '%s', one of which is blank or a placeholder on PostHog's list of"
                        + " illegal IDs; it is ignored; return only existing groups; this is logged once", resolver.name(),
                        LogText.of(String.valueOf(group.getValue())), LogText.of(String.valueOf(group.getKey())));
            }
        }
        return person;
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
