package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.context.CurrentRequest;
import io.quarkiverse.posthog.runtime.errors.ErrorAccounts;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.errors.ExceptionBoundaries;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Owns the clients of all accounts: makes each when it is first asked for, and closes them with the application. */
public final class ManagedAccounts implements PostHogAccounts, ErrorAccounts, Closeable {

    private static final Logger LOG = Logger.getLogger(ManagedAccounts.class);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    private static final String GUIDE = "https://docs.quarkiverse.io/quarkus-posthog/dev/accounts.html";

    private final PostHogRuntimeConfig config;
    private final PostHogClientFactory factory;
    private final Map<String, PostHogClient> configured = new ConcurrentHashMap<>();
    private final Map<String, PostHogClient> opened = new ConcurrentHashMap<>();
    /** The names of those that were opened and are being closed, which takes a while. */
    private final Set<String> closing = ConcurrentHashMap.newKeySet();
    /** The names of the accounts that capture exceptions by themselves; found out when there is an exception. */
    private volatile List<String> tracking;
    /** When to try again those of them that could not be used. */
    private final Map<String, Long> untilTried = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ManagedAccounts(PostHogRuntimeConfig config, PostHogClientFactory factory) {
        this.config = config;
        this.factory = factory;
        // Whoever does not use such an account is not stopped by it, but should know
        config.accounts().forEach((name, account) -> {
            if (unusable(config, name).isEmpty()) {
                invalid(name, account).ifPresent(reason -> LOG.warnf("PostHog account '%s' is invalid: %s", name, reason));
            }
        });
    }

    @Override
    public PostHog get(String name) {
        PostHogClient open = name == null ? null : opened.get(name);
        if (open != null) {
            return open;
        }
        unusable(config, name).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return configured(name);
    }

    private PostHogClient configured(String name) {
        PostHogClient present = configured.get(name);
        return present != null ? present
                : unlessClosed(name, configured,
                        configured.computeIfAbsent(name, key -> create(Account.of(key, config(config, key)))));
    }

    private PostHogClient create(Account account) {
        requireOpen();
        return factory.create(account);
    }

    /** Those that close the others may not have seen it. */
    private PostHogClient unlessClosed(String name, Map<String, PostHogClient> clients, PostHogClient client) {
        if (closed && clients.remove(name, client)) {
            close(client, () -> {
            });
        }
        requireOpen();
        return client;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The PostHog accounts are closed, since the application stops");
        }
    }

    @Override
    public Optional<PostHog> find(String name) {
        // Looked up once: it may be closed at this moment
        PostHogClient open = name == null ? null : opened.get(name);
        if (open != null) {
            return Optional.of(open);
        }
        return unusable(config, name).isEmpty() ? Optional.of(get(name)) : Optional.empty();
    }

    /** Those that are in use; the others need no looking after. */
    public List<RunningAccount> running() {
        return Stream.concat(configured.values().stream(), opened.values().stream())
                .map(PostHogClient::running).toList();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(usableNames(config));
        names.addAll(opened.keySet());
        return names;
    }

    /** What events say of the request they are captured in. */
    CurrentRequest request() {
        return factory.request();
    }

    /** Not those opened from code: what happens in the application is nothing of theirs. */
    @Override
    public List<ErrorTracking> errorTracking() {
        List<String> names = tracking;
        if (names == null) {
            names = usableNames(config).stream().filter(name -> !ExceptionBoundaries.wanted(config(config, name)).isEmpty())
                    .toList();
            tracking = names;
        }
        return names.stream().flatMap(this::errorTracking).toList();
    }

    /** An account that can't be used is no reason to lose the exceptions of others. */
    private Stream<ErrorTracking> errorTracking(String name) {
        Long until = untilTried.get(name);
        if (closed || until != null && System.nanoTime() - until < 0) {
            return Stream.empty();
        }
        try {
            return Stream.of(configured(name).errors());
        } catch (RuntimeException e) {
            untilTried.put(name, System.nanoTime() + LEFT_ALONE.toNanos());
            LOG.errorf(e, "PostHog account '%s' does not capture exceptions, because it can't be used", name);
            return Stream.empty();
        }
    }

    @Override
    public PostHog open(String name, AccountSettings settings) {
        String problem = AccountNames.problem(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (isConfigured(name)) {
            throw new IllegalArgumentException(taken(name, "configured"));
        }
        Account account = Account.of(name, config(config, name), settings);
        if (!account.hasKeys()) {
            throw new IllegalArgumentException("PostHog account '" + name + "' can't be opened without a key: set the "
                    + "projectApiKey to capture events, the personalApiKey for everything else");
        }
        return unlessClosed(name, opened, opened.compute(name, (key, open) -> {
            if (open != null) {
                throw new IllegalArgumentException(taken(name, "open"));
            }
            if (closing.contains(name)) {
                throw new IllegalArgumentException("PostHog account '" + name + "' is being closed: what it captured is"
                        + " still sent; open it again when that is over, or choose another name");
            }
            return create(account);
        }));
    }

    /** Whether the name is that of an account of the configuration, be it usable or not. */
    private boolean isConfigured(String name) {
        if (AccountNames.problem(name) != null) {
            return false;
        }
        AccountConfig account = config(config, name);
        return !account.active() || Account.hasKeys(account);
    }

    private static String taken(String name, String how) {
        return "PostHog account '" + name + "' is " + how + " already; choose another name, or get it with get(\"" + name
                + "\")";
    }

    @Override
    public boolean close(String name) {
        PostHogClient client = name == null ? null : opened.computeIfPresent(name, (key, open) -> {
            closing.add(key);
            return open;
        });
        if (client != null && opened.remove(name, client)) {
            close(client, () -> closing.remove(name));
            return true;
        }
        if (client == null && isConfigured(name)) {
            throw new IllegalArgumentException("PostHog account '" + name
                    + "' comes from the configuration and is closed with the application");
        }
        return false;
    }

    /** Waits for it, where that may be; on an event loop, a worker does. */
    private static void close(PostHogClient client, Runnable whenClosed) {
        Runnable close = () -> {
            try {
                client.close();
            } finally {
                whenClosed.run();
            }
        };
        if (Infrastructure.canCallerThreadBeBlocked()) {
            close.run();
        } else {
            Infrastructure.getDefaultWorkerPool().execute(close);
        }
    }

    /** One that takes long does not take the time of the others. */
    @Override
    public void close() {
        closed = true;
        List<PostHogClient> clients = Stream.concat(configured.values().stream(), opened.values().stream()).toList();
        if (!clients.isEmpty()) {
            Uni.join().all(clients.stream().map(PostHogClient::drain).toList()).andCollectFailures()
                    .onFailure().recoverWithNull().await().indefinitely();
        }
        clients.forEach(PostHogClient::close);
        configured.clear();
        opened.clear();
    }

    /** Why there is no such account; empty when there is one, be it valid or not. */
    private static Optional<String> unusable(PostHogRuntimeConfig config, String name) {
        String problem = AccountNames.problem(name);
        if (problem != null) {
            return Optional.of(problem);
        }
        AccountConfig account = config(config, name);
        if (!account.active()) {
            return Optional.of("PostHog account '" + name + "' is inactive, because " + AccountNames.key(name, "active")
                    + " is false" + others(config));
        }
        if (!Account.hasKeys(account)) {
            return Optional.of("PostHog account '" + name + "' has no key: set " + AccountNames.key(name, "project-api-key")
                    + " to capture events, " + AccountNames.key(name, "personal-api-key") + " for everything else, or both"
                    + others(config));
        }
        return Optional.empty();
    }

    /** What is wrong with the settings of an account; empty when they are right. */
    private static Optional<String> invalid(String name, AccountConfig account) {
        try {
            Account.of(name, account);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Why an account can't be injected; empty when it can. */
    static Optional<String> inactive(PostHogRuntimeConfig config, String name) {
        return unusable(config, name).or(() -> invalid(name, config(config, name)));
    }

    private static String others(PostHogRuntimeConfig config) {
        Set<String> names = usableNames(config);
        return ". Usable accounts: " + (names.isEmpty() ? "none" : String.join(", ", names)) + ". See " + GUIDE;
    }

    private static Set<String> usableNames(PostHogRuntimeConfig config) {
        Set<String> names = new TreeSet<>();
        config.accounts().forEach((name, account) -> {
            if (AccountNames.problem(name) == null && account.active() && Account.hasKeys(account)
                    && invalid(name, account).isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    /** Never null: an account without any key in the configuration has the defaults. */
    private static AccountConfig config(PostHogRuntimeConfig config, String name) {
        return config.accounts().get(name);
    }
}
