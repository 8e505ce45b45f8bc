package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
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
import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.errors.ExceptionAutocaptureAccounts;
import io.quarkiverse.posthog.runtime.errors.ExceptionReporter;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Creates the clients of all accounts on first use, and closes them with the application. */
public final class AccountRegistry implements PostHogAccounts, ExceptionAutocaptureAccounts, Closeable {

    private static final Logger LOG = Logger.getLogger(AccountRegistry.class);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

    private final ConfiguredAccounts accounts;
    private final PostHogClientFactory factory;
    private final Map<String, PostHogClient> configured = new ConcurrentHashMap<>();
    private final Map<String, PostHogClient> opened = new ConcurrentHashMap<>();
    /** The settings of accounts that are being created, which may send requests before they can be found. */
    private final Set<ResolvedAccountConfig> beginning = ConcurrentHashMap.newKeySet();
    /** The names of those that were opened and are being closed, which takes a while. */
    private final Set<String> closing = ConcurrentHashMap.newKeySet();
    /** The names of the accounts that capture exceptions by themselves; found out when there is an exception. */
    private volatile List<String> tracking;
    /** When to try again those of them that could not be used. */
    private final Map<String, Long> untilTried = new ConcurrentHashMap<>();
    private volatile boolean closed;

    AccountRegistry(PostHogRuntimeConfig config, PostHogClientFactory factory) {
        this.accounts = new ConfiguredAccounts(config);
        this.factory = factory;
        accounts.logOverriddenEmulators();
        // Whoever does not use such an account is not stopped by it, but should know
        config.accounts().keySet().forEach(name -> {
            if (accounts.unusable(name).isEmpty()) {
                accounts.invalid(name).ifPresent(reason -> LOG.warnf("PostHog account '%s' is invalid: %s", name, reason));
            }
        });
    }

    @Override
    public PostHog get(String name) {
        PostHogClient open = name == null ? null : opened.get(name);
        if (open != null) {
            return open;
        }
        accounts.unusable(name).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return configured(name);
    }

    private PostHogClient configured(String name) {
        PostHogClient present = configured.get(name);
        return present != null ? present
                : started(configured.computeIfAbsent(name, key -> create(accounts.account(key))));
    }

    /** While the application stops, a client must not fail: a job may inject it and capture. */
    private PostHogClient create(ResolvedAccountConfig account) {
        if (closed) {
            return factory.createClosed(account);
        }
        beginning.add(account);
        try {
            return factory.create(account);
        } catch (RuntimeException | Error e) {
            beginning.remove(account);
            throw e;
        }
    }

    private PostHogClient started(PostHogClient client) {
        beginning.remove(client.settings());
        if (closed && !client.isClosed()) {
            // The thread that closes the others may not have seen it
            close(client, () -> {
            });
        }
        return client;
    }

    @Override
    public Optional<PostHog> find(String name) {
        // Looked up once: it may be closed at this moment
        PostHogClient open = name == null ? null : opened.get(name);
        if (open != null) {
            return Optional.of(open);
        }
        return accounts.unusable(name).isEmpty() ? Optional.of(get(name)) : Optional.empty();
    }

    /** Those that are in use; the others need no looking after. */
    public List<AccountHandle> running() {
        return Stream.concat(configured.values().stream(), opened.values().stream())
                .map(PostHogClient::running).toList();
    }

    /** The settings of all accounts that may send requests. */
    public List<ResolvedAccountConfig> settings() {
        // In this order: an account that leaves the first is in the second by then
        List<ResolvedAccountConfig> settings = new ArrayList<>(beginning);
        Stream.concat(configured.values().stream(), opened.values().stream()).map(PostHogClient::settings)
                .forEach(settings::add);
        return settings;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(accounts.usableNames());
        names.addAll(opened.keySet());
        return names;
    }

    /** What events say of the request they are captured in. */
    RequestDataProvider request() {
        return factory.request();
    }

    /** Not those opened from code: what happens in the application is nothing of theirs. */
    @Override
    public List<ErrorTracking> errorTracking() {
        List<String> names = tracking;
        if (names == null) {
            names = accounts.usableNames().stream().filter(name -> !ExceptionReporter.wanted(accounts.config(name)).isEmpty())
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
        if (accounts.contains(name)) {
            throw new IllegalArgumentException(taken(name, "configured"));
        }
        ResolvedAccountConfig account = ResolvedAccountConfig.of(name, accounts.config(name), settings);
        if (!account.hasKeys()) {
            throw new IllegalArgumentException("PostHog account '" + name + "' can't be opened without a key: set the "
                    + "projectApiKey to capture events and evaluate flags, the personalApiKey to read and manage");
        }
        return started(opened.compute(name, (key, open) -> {
            if (open != null) {
                throw new IllegalArgumentException(taken(name, "open"));
            }
            if (closing.contains(name)) {
                throw new IllegalArgumentException("PostHog account '" + name + "' is being closed and still sends"
                        + " its events; open it again later, or choose another name");
            }
            return create(account);
        }));
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
        if (client == null && accounts.contains(name)) {
            throw new IllegalArgumentException("PostHog account '" + name
                    + "' comes from the configuration and is closed with the application");
        }
        return false;
    }

    private static void close(PostHogClient client, Runnable whenClosed) {
        waiting(() -> {
            try {
                client.close();
            } finally {
                whenClosed.run();
            }
        });
    }

    /** Runs what waits here, where that may be; on an event loop, a worker does. */
    private static void waiting(Runnable task) {
        if (Infrastructure.canCallerThreadBeBlocked()) {
            task.run();
        } else {
            Infrastructure.getDefaultWorkerPool().execute(task);
        }
    }

    /** One that takes long does not take the time of the others. */
    @Override
    public void close() {
        closed = true;
        // They remain available: jobs may go on until they are stopped
        List<PostHogClient> clients = Stream.concat(configured.values().stream(), opened.values().stream()).toList();
        if (!clients.isEmpty()) {
            waiting(() -> {
                Waiting.forEnd(Uni.join().all(clients.stream().map(PostHogClient::drain).toList()).andCollectFailures());
                clients.forEach(PostHogClient::close);
            });
        }
    }
}
