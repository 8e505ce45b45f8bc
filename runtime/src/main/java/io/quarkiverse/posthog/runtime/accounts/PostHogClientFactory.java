package io.quarkiverse.posthog.runtime.accounts;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkiverse.posthog.runtime.background.VertxAccountExecutor;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.FlagEvaluations;
import io.quarkiverse.posthog.runtime.flags.RequestFlagOverrides;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.metrics.AccountMetricsFactory;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.PostHogObjectMapper;
import io.quarkiverse.posthog.runtime.rest.RestClientFactory;
import io.quarkiverse.posthog.runtime.rest.RestClients;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;

/**
 * Creates the clients of accounts.
 *
 * @param applicationClasses the classes that the application was built from
 */
public record PostHogClientFactory(Supplier<Vertx> vertx, Supplier<TlsConfigurationRegistry> tls,
        Supplier<ProxyConfigurationRegistry> proxies, Supplier<ObjectMapper> mapper, RequestDataProvider request,
        Set<String> applicationClasses, AccountMetricsFactory metrics, TimeSource.Provider timers, String version) {

    private static final Logger LOG = Logger.getLogger(PostHogClientFactory.class);

    /**
     * Creates the client of an account. Its REST clients and object mappers are created on first use.
     *
     * @throws RuntimeException if a part of the configuration is invalid that is checked at startup
     */
    PostHogClient create(ResolvedAccountConfig account) {
        if (account.personalApiKey().isPresent() && account.projectId().equals("@current")) {
            LOG.infof("PostHog account '%s': requests use the project that the owner of the personal API key last selected in "
                    + "PostHog; to use a fixed project, set %s", account.name(),
                    AccountNames.key(account.name(), "project-id"));
        }
        VertxAccountExecutor background = new VertxAccountExecutor(vertx, timers.of(account.name()));
        ApiExecutor calls = calls(account, () -> background.runInOwnContext(() -> restClients(account)), background,
                metrics.of(account.name()));
        CapturePipeline capture = null;
        try {
            FlagDefinitionsSource definitions = FlagDefinitionsSourceFactory.create(calls, background);
            if (needsClientsAtStartup(account.config())) {
                calls.createClients();
            }
            if (account.config().capture().channel().isPresent()) {
                // Without it, no event could be written
                channel(account);
            }
            capture = CapturePipeline.of(calls, background, hooks(calls, BeforeSend.class),
                    hooks(calls, CaptureListener.class), () -> channel(account), request, version);
            return client(calls, capture, definitions);
        } catch (RuntimeException | Error e) {
            close(capture, e);
            close(calls, e);
            calls.metrics().close();
            throw e;
        }
    }

    /** Creates a closed client for an account that is first requested while the application stops. */
    PostHogClient createClosed(ResolvedAccountConfig account) {
        VertxAccountExecutor background = new VertxAccountExecutor(vertx, TimeSource.REAL);
        ApiExecutor calls = calls(account, RestClients::none, background, AccountMetricsFactory.NONE.of(account.name()));
        CapturePipeline capture = CapturePipeline.closed(calls, background, version);
        PostHogClient client = client(calls, capture, FlagDefinitionsSource.NONE);
        client.close();
        return client;
    }

    private PostHogClient client(ApiExecutor calls, CapturePipeline capture, FlagDefinitionsSource definitions) {
        ResolvedAccountConfig account = calls.account();
        FlagEvaluations flags = new FlagEvaluations(calls, capture, definitions,
                RequestFlagOverrides.of(account.name()), request, Clock.systemUTC());
        return new PostHogClient(calls, capture, flags, new ErrorTracking(account, capture, applicationClasses));
    }

    private ApiExecutor calls(ResolvedAccountConfig account, Supplier<RestClients> clients, AccountExecutor executor,
            AccountMetrics metrics) {
        return new ApiExecutor(account, clients, () -> PostHogObjectMapper.forValues(mapper.get()), executor, metrics);
    }

    private RestClients restClients(ResolvedAccountConfig account) {
        return RestClients.of(account,
                new RestClientFactory(account, tls.get(), proxies.get(), "quarkus-posthog/" + version));
    }

    private static CaptureChannel channel(ResolvedAccountConfig account) {
        return AccountBeanLookup.first(CaptureChannel.class, account.name()).orElseThrow(() -> new IllegalStateException(
                "PostHog account '" + account.name() + "': " + AccountNames.key(account.name(), "capture.channel")
                        + " is set, but no bean writes to channels; add the extension quarkus-posthog-messaging, or a bean of "
                        + "type " + CaptureChannel.class.getName()));
    }

    /** Does not create beans for an account that is first used after it was closed: the application may have ended. */
    private static <T> Supplier<List<T>> hooks(ApiExecutor calls, Class<T> type) {
        return () -> calls.isClosed() ? List.of() : AccountBeanLookup.of(type, calls.account().name());
    }

    /** Whether the client of an account loads data or uses configuration that may be invalid when it is created. */
    boolean isNeededAtStartup(ResolvedAccountConfig account) {
        return account.localEvaluation() || account.config().capture().spool().directory().isPresent()
                || account.config().capture().channel().isPresent()
                || needsClientsAtStartup(account.config()) || metrics != AccountMetricsFactory.NONE;
    }

    /** Whether the REST clients use configuration that may be invalid, which must be found at startup. */
    private static boolean needsClientsAtStartup(AccountConfig config) {
        return config.tlsConfigurationName().isPresent() || config.proxyConfigurationName().isPresent()
                || RestClientFactory.hasGlobalProxy();
    }

    private static void close(Closeable component, Throwable failure) {
        try {
            if (component != null) {
                component.close();
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
