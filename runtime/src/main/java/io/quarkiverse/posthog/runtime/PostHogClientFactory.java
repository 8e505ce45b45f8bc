package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkiverse.posthog.runtime.background.VertxAccountExecutor;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.RequestData;
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
 * Builds the client of an account with what Quarkus provides.
 *
 * @param applicationClasses the classes that the application was built from
 */
record PostHogClientFactory(Supplier<Vertx> vertx, Supplier<TlsConfigurationRegistry> tls,
        Supplier<ProxyConfigurationRegistry> proxies, Supplier<ObjectMapper> mapper, RequestDataProvider request,
        Set<String> applicationClasses, AccountMetricsFactory metrics, TimeSource.Source timers, String version) {

    private static final Logger LOG = Logger.getLogger(PostHogClientFactory.class);

    PostHogClient create(ResolvedAccountConfig account) {
        FlagDefinitionsLoaderFactory definitions = FlagDefinitionsLoaderFactory.of(account);
        if (account.personalApiKey().isPresent() && account.projectId().equals("@current")) {
            LOG.infof("PostHog account '%s' reads from the project that the owner of its key last selected in PostHog; "
                    + "to use a fixed project, set %s", account.name(), AccountNames.key(account.name(), "project-id"));
        }
        AccountMetrics figures = metrics.of(account.name());
        PostHogClient client = new PostHogClient(account, () -> assemble(account, definitions, figures),
                () -> closedParts(account), figures);
        if (isToBeginAtOnce(account)) {
            try {
                client.parts();
            } catch (RuntimeException | Error e) {
                client.close();
                throw e;
            }
        }
        return client;
    }

    /** The client of an account that is first requested while the application stops. */
    PostHogClient createClosed(ResolvedAccountConfig account) {
        PostHogClient client = new PostHogClient(account, () -> closedParts(account), () -> closedParts(account),
                AccountMetricsFactory.NONE.of(account.name()));
        client.close();
        return client;
    }

    /** Uses nothing of the application, which may have ended: events are counted as dropped, and requests fail. */
    private AccountComponents closedParts(ResolvedAccountConfig account) {
        ObjectMapper values = PostHogObjectMapper.create();
        VertxAccountExecutor background = new VertxAccountExecutor(vertx, TimeSource.REAL);
        ApiExecutor calls = new ApiExecutor(account, RestClients.none(), PostHogObjectMapper.create(), background,
                AccountMetricsFactory.NONE.of(account.name()));
        calls.stop();
        CapturePipeline capture = CapturePipeline.closed(calls, values, background, version);
        FlagEvaluations flags = new FlagEvaluations(calls, values, capture, FlagDefinitionsSource.NONE,
                RequestFlagOverrides.of(account.name()), () -> RequestData.NONE, Clock.systemUTC());
        return AccountComponents.of(calls, capture, new ErrorTracking(account, capture, applicationClasses), flags, values);
    }

    /** What goes on by itself begins at once; and what may be misconfigured is to fail at the start, not later. */
    private static boolean isToBeginAtOnce(ResolvedAccountConfig account) {
        AccountConfig config = account.config();
        return account.localEvaluation() || config.capture().spool().directory().isPresent()
                || config.tlsConfigurationName().isPresent() || config.proxyConfigurationName().isPresent()
                || RestClientFactory.hasGlobalProxy() || config.capture().compression().needsLibrary();
    }

    private AccountComponents assemble(ResolvedAccountConfig account, FlagDefinitionsLoaderFactory definitions,
            AccountMetrics figures) {
        ObjectMapper values = PostHogObjectMapper.forValues(mapper.get());
        VertxAccountExecutor background = new VertxAccountExecutor(vertx, timers.of(account.name()));
        RestClients clients = background.runInOwnContext(
                () -> RestClients.of(account,
                        new RestClientFactory(account, tls.get(), proxies.get(), "quarkus-posthog/" + version)));
        ApiExecutor calls = new ApiExecutor(account, clients, PostHogObjectMapper.create(), background, figures);
        CapturePipeline capture = null;
        try {
            capture = CapturePipeline.of(calls, values, background,
                    () -> AccountBeanLookup.of(BeforeSend.class, account.name()),
                    () -> AccountBeanLookup.of(CaptureListener.class, account.name()), request, version);
            FlagEvaluations flags = new FlagEvaluations(calls, values, capture,
                    definitions.definitions(calls, background), RequestFlagOverrides.of(account.name()), request,
                    Clock.systemUTC());
            ErrorTracking errors = new ErrorTracking(account, capture, applicationClasses);
            return AccountComponents.of(calls, capture, errors, flags, values);
        } catch (RuntimeException | Error e) {
            close(capture, e);
            close(calls, e);
            throw e;
        }
    }

    private static void close(Closeable made, Throwable failure) {
        try {
            if (made != null) {
                made.close();
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
