package io.quarkiverse.posthog.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.ConfiguredAccounts;
import io.quarkiverse.posthog.runtime.accounts.PlannedEventRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClientFactory;
import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.context.RequestPostHogContext;
import io.quarkiverse.posthog.runtime.metrics.AccountMetricsFactory;
import io.quarkiverse.posthog.runtime.tracing.TraceIdProvider;
import io.quarkiverse.posthog.runtime.tracing.TracingRequestDataProvider;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.arc.ActiveResult;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;

/** Creates the beans. */
@Recorder
public class PostHogRecorder {

    private final RuntimeValue<PostHogRuntimeConfig> config;
    private final RuntimeValue<PostHogContextConfig> contextConfig;

    public PostHogRecorder(RuntimeValue<PostHogRuntimeConfig> config, RuntimeValue<PostHogContextConfig> contextConfig) {
        this.config = config;
        this.contextConfig = contextConfig;
    }

    public Function<SyntheticCreationalContext<RequestPostHogContext>, RequestPostHogContext> requestContext() {
        return new Function<>() {
            @Override
            public RequestPostHogContext apply(SyntheticCreationalContext<RequestPostHogContext> context) {
                return RequestPostHogContext.of(contextConfig.getValue());
            }
        };
    }

    public Function<SyntheticCreationalContext<PostHogContext>, PostHogContext> postHogContext() {
        return new Function<>() {
            @Override
            public PostHogContext apply(SyntheticCreationalContext<PostHogContext> context) {
                return context.getInjectedReference(RequestPostHogContext.class);
            }
        };
    }

    public Function<SyntheticCreationalContext<AccountRegistry>, AccountRegistry> accounts(Supplier<Vertx> vertx,
            Supplier<TlsConfigurationRegistry> tls, Supplier<ProxyConfigurationRegistry> proxies,
            Set<String> applicationClasses, Set<String> injected, Set<String> reservedNames, String version) {
        return new Function<>() {

            private volatile AccountRegistry created;

            /** A client that is first used while the application stops must not start other accounts. */
            @Override
            public AccountRegistry apply(SyntheticCreationalContext<AccountRegistry> context) {
                AccountRegistry accounts = created;
                if (accounts == null) {
                    Supplier<ObjectMapper> mapper = () -> Arc.container().instance(ObjectMapper.class).get();
                    accounts = new AccountRegistry(config.getValue(), reservedNames,
                            new PostHogClientFactory(vertx, tls, proxies, mapper,
                                    request(context.getInjectedReference(RequestPostHogContext.class)), applicationClasses,
                                    metrics(), timers(), version),
                            injected);
                    created = accounts;
                }
                return accounts;
            }
        };
    }

    public Function<SyntheticCreationalContext<PostHogAccounts>, PostHogAccounts> postHogAccounts() {
        return new Function<>() {
            @Override
            public PostHogAccounts apply(SyntheticCreationalContext<PostHogAccounts> context) {
                return context.getInjectedReference(AccountRegistry.class);
            }
        };
    }

    public Function<SyntheticCreationalContext<TrackingPlans>, TrackingPlans> trackingPlans(List<PlannedEvent> events,
            Map<String, List<String>> byAccount) {
        return new Function<>() {
            @Override
            public TrackingPlans apply(SyntheticCreationalContext<TrackingPlans> context) {
                return new PlannedEventRegistry(events, byAccount, context.getInjectedReference(AccountRegistry.class));
            }
        };
    }

    private RequestDataProvider request(RequestDataProvider request) {
        TraceIdProvider spans = contextConfig.getValue().properties().trace()
                ? Arc.container().instance(TraceIdProvider.class).get()
                : null;
        return spans == null ? request : new TracingRequestDataProvider(request, spans);
    }

    private static AccountMetricsFactory metrics() {
        AccountMetricsFactory metrics = Arc.container().instance(AccountMetricsFactory.class).get();
        return metrics == null ? AccountMetricsFactory.NONE : metrics;
    }

    private static TimeSource.Provider timers() {
        TimeSource.Provider timers = Arc.container().instance(TimeSource.Provider.class).get();
        return timers == null ? account -> TimeSource.REAL : timers;
    }

    public Function<SyntheticCreationalContext<PostHog>, PostHog> postHog(String account) {
        return new Function<>() {
            @Override
            public PostHog apply(SyntheticCreationalContext<PostHog> context) {
                return context.getInjectedReference(AccountRegistry.class).get(account);
            }
        };
    }

    /** @param where the place that needs the account, for the message */
    public void require(String account, String where, Set<String> reservedNames) {
        new ConfiguredAccounts(config.getValue(), reservedNames).inactive(account).ifPresent(reason -> {
            throw new ConfigurationException(where + " needs an account that can't be used: " + reason);
        });
    }

    public Supplier<ActiveResult> checkActive(String account, Set<String> reservedNames) {
        return new Supplier<>() {
            @Override
            public ActiveResult get() {
                Optional<String> reason = new ConfiguredAccounts(config.getValue(), reservedNames).inactive(account);
                return reason.map(ActiveResult::inactive).orElseGet(ActiveResult::active);
            }
        };
    }
}
