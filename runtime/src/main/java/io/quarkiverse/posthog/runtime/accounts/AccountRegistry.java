package io.quarkiverse.posthog.runtime.accounts;

import java.io.Closeable;
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
import io.quarkiverse.posthog.runtime.accounts.AccountSlot.Available;
import io.quarkiverse.posthog.runtime.accounts.AccountSlot.Closing;
import io.quarkiverse.posthog.runtime.accounts.AccountSlot.Configured;
import io.quarkiverse.posthog.runtime.accounts.AccountSlot.Opened;
import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.errors.ExceptionAutocaptureAccounts;
import io.quarkiverse.posthog.runtime.errors.ExceptionReporter;
import io.quarkiverse.posthog.runtime.support.Lazy;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Creates the clients of all accounts on first use, or at startup if they have work to do then, and closes them with the
 * application.
 */
public final class AccountRegistry implements PostHogAccounts, ExceptionAutocaptureAccounts, Closeable {

    private static final Logger LOG = Logger.getLogger(AccountRegistry.class);

    private final ConfiguredAccounts accounts;
    private final PostHogClientFactory factory;
    private final Set<String> injected;
    private final Map<String, AccountSlot> slots = new ConcurrentHashMap<>();
    /** The names of the accounts with exception autocapture; determined at the first exception. */
    private volatile List<String> autocapturing;
    private volatile boolean closed;

    /**
     * @param reservedNames the names that no account can have
     * @param injected the names of the accounts that the application injects
     */
    public AccountRegistry(PostHogRuntimeConfig config, Set<String> reservedNames, PostHogClientFactory factory,
            Set<String> injected) {
        this.accounts = new ConfiguredAccounts(config, reservedNames);
        this.factory = factory;
        this.injected = injected;
        accounts.logOverriddenEmulators();
        // An invalid account does not stop an application that does not use it
        config.accounts().keySet().forEach(name -> {
            if (accounts.unusable(name).isEmpty()) {
                accounts.invalid(name).ifPresent(reason -> LOG.warnf("PostHog account '%s' is invalid: %s", name, reason));
            }
        });
    }

    @Override
    public PostHogClient get(String name) {
        return client(available(name).orElseGet(() -> configured(name)));
    }

    @Override
    public Optional<PostHog> find(String name) {
        return available(name).or(() -> accounts.unusable(name).isEmpty() ? Optional.of(configured(name)) : Optional.empty())
                .map(this::client);
    }

    private Optional<Available> available(String name) {
        return name != null && slots.get(name) instanceof Available slot ? Optional.of(slot) : Optional.empty();
    }

    private Available configured(String name) {
        accounts.unusable(name).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        ResolvedAccountConfig account = accounts.account(name);
        Configured slot = new Configured(account, lazy(account));
        AccountSlot other = slots.putIfAbsent(name, slot);
        return other == null ? slot : (Available) other;
    }

    private Lazy<PostHogClient> lazy(ResolvedAccountConfig account) {
        return new Lazy<>(account.name(), "the client", () -> create(account), System::nanoTime);
    }

    /** Creates a client. While the application stops, the client must not fail, because a job can inject it and capture. */
    private PostHogClient create(ResolvedAccountConfig account) {
        return closed ? factory.createClosed(account) : factory.create(account);
    }

    private PostHogClient client(Available slot) {
        PostHogClient client = slot.client().get();
        if (closed && !client.isClosed()) {
            // Created while the registry was closed
            runBlocking(client::close);
        }
        return client;
    }

    /**
     * Creates the clients of the injected accounts that load data or use configuration at startup. An application starts
     * faster without the classes of the others, which it may not use for a long time.
     *
     * @throws RuntimeException if the application can't use an account that it injects
     */
    void start() {
        for (String name : injected) {
            if (accounts.inactive(name).isPresent()) {
                // Fails with a message that also contains the injection points
                AccountBeanLookup.account(name).account();
            }
            Available slot = available(name).orElseGet(() -> configured(name));
            if (factory.isNeededAtStartup(slot.settings())) {
                client(slot);
            }
        }
    }

    /** The clients of the accounts in use: those that are injected, and those that code has requested. */
    public List<PostHogClient> inUse() {
        if (!closed) {
            injected.forEach(name -> find(name));
        }
        return running();
    }

    /** The clients that were created. */
    public List<PostHogClient> running() {
        return slots.values().stream()
                .flatMap(slot -> slot instanceof Available available ? Stream.ofNullable(available.client().present())
                        : Stream.empty())
                .toList();
    }

    /** The settings of all accounts that may send requests. */
    public List<ResolvedAccountConfig> settings() {
        return slots.values().stream().map(AccountSlot::settings).toList();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(accounts.usableNames());
        slots.forEach((name, slot) -> {
            if (slot instanceof Opened) {
                names.add(name);
            }
        });
        return names;
    }

    /** The data of requests, for the events that are captured in them. */
    public RequestDataProvider request() {
        return factory.request();
    }

    /** Returns the configured accounts only, because exceptions of the application do not belong to a tenant. */
    @Override
    public List<ErrorTracking> errorTracking() {
        List<String> names = autocapturing;
        if (names == null) {
            names = accounts.usableNames().stream()
                    .filter(name -> !ExceptionReporter.enabledSources(accounts.config(name)).isEmpty())
                    .toList();
            autocapturing = names;
        }
        return names.stream().flatMap(this::errorTracking).toList();
    }

    /** An account that can't be used does not affect the others. */
    private Stream<ErrorTracking> errorTracking(String name) {
        try {
            Available slot = available(name).orElseGet(() -> configured(name));
            return closed || slot.client().isUnavailable() ? Stream.empty() : Stream.of(client(slot).errors());
        } catch (RuntimeException e) {
            LOG.errorf(e, "PostHog account '%s': the client could not be created; exceptions are not captured", name);
            return Stream.empty();
        }
    }

    @Override
    public PostHog open(String name, AccountSettings settings) {
        String problem = accounts.problemOf(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (accounts.contains(name)) {
            throw new IllegalArgumentException(taken(name, "configured"));
        }
        ResolvedAccountConfig account = ResolvedAccountConfig.of(name, accounts.config(name), settings);
        if (!account.hasKeys()) {
            throw new IllegalArgumentException("PostHog account '" + name + "': the account has no key; set the "
                    + "projectApiKey to capture events and evaluate flags, the personalApiKey to read and manage");
        }
        Opened slot = new Opened(account, lazy(account));
        AccountSlot other = slots.putIfAbsent(name, slot);
        if (other != null) {
            throw new IllegalArgumentException(other instanceof Closing
                    ? "PostHog account '" + name
                            + "': the account with this name is being closed and still sends its events; open it again later, or "
                            + "choose another name"
                    : taken(name, "open"));
        }
        try {
            return client(slot);
        } catch (RuntimeException | Error e) {
            slots.remove(name, slot);
            throw e;
        }
    }

    private static String taken(String name, String how) {
        return "PostHog account '" + name + "' is " + how + " already; choose another name, or get it with get(\"" + name
                + "\")";
    }

    @Override
    public boolean close(String name) {
        AccountSlot slot = name == null ? null : slots.get(name);
        if (slot instanceof Opened open) {
            Closing closing = new Closing(open.settings());
            boolean first = slots.replace(name, open, closing);
            if (first) {
                runBlocking(() -> close(open, closing));
            }
            return first;
        }
        if (!(slot instanceof Closing) && accounts.contains(name)) {
            throw new IllegalArgumentException("PostHog account '" + name
                    + "' comes from the configuration and is closed with the application");
        }
        return false;
    }

    private void close(Opened open, Closing closing) {
        try {
            PostHogClient client = open.client().end();
            if (client != null) {
                client.close();
            }
        } finally {
            slots.remove(open.settings().name(), closing);
        }
    }

    /** Runs a blocking task on this thread, or on a worker thread instead of an event loop. */
    private static void runBlocking(Runnable task) {
        if (Infrastructure.canCallerThreadBeBlocked()) {
            task.run();
        } else {
            Infrastructure.getDefaultWorkerPool().execute(task);
        }
    }

    /** Drains all accounts at once, so that a slow one does not use up the time of the others. */
    @Override
    public void close() {
        closed = true;
        // They remain available, because jobs may run until they are stopped
        List<PostHogClient> clients = running();
        if (!clients.isEmpty()) {
            runBlocking(() -> {
                Waiting.forEnd(Uni.join().all(clients.stream().map(PostHogClient::drain).toList()).andCollectFailures());
                clients.forEach(PostHogClient::close);
            });
        }
    }
}
