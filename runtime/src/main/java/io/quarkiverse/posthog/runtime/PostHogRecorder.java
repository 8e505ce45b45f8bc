package io.quarkiverse.posthog.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.runtime.background.Timers;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.context.CurrentRequest;
import io.quarkiverse.posthog.runtime.context.RequestContext;
import io.quarkiverse.posthog.runtime.metrics.PostHogMetrics;
import io.quarkiverse.posthog.runtime.tracing.SpanIds;
import io.quarkiverse.posthog.runtime.tracing.TracedRequest;
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

    public Function<SyntheticCreationalContext<RequestContext>, RequestContext> requestContext() {
        return new Function<>() {
            @Override
            public RequestContext apply(SyntheticCreationalContext<RequestContext> context) {
                return RequestContext.of(contextConfig.getValue());
            }
        };
    }

    public Function<SyntheticCreationalContext<PostHogContext>, PostHogContext> postHogContext() {
        return new Function<>() {
            @Override
            public PostHogContext apply(SyntheticCreationalContext<PostHogContext> context) {
                return context.getInjectedReference(RequestContext.class);
            }
        };
    }

    public Function<SyntheticCreationalContext<ManagedAccounts>, ManagedAccounts> accounts(Supplier<Vertx> vertx,
            Supplier<TlsConfigurationRegistry> tls, Supplier<ProxyConfigurationRegistry> proxies,
            Set<String> applicationClasses, String version) {
        return new Function<>() {

            private volatile ManagedAccounts created;

            /** A client that is first used while the application stops must not start other accounts. */
            @Override
            public ManagedAccounts apply(SyntheticCreationalContext<ManagedAccounts> context) {
                ManagedAccounts accounts = created;
                if (accounts == null) {
                    Supplier<ObjectMapper> mapper = () -> Arc.container().instance(ObjectMapper.class).get();
                    accounts = new ManagedAccounts(config.getValue(), new PostHogClientFactory(vertx, tls, proxies, mapper,
                            request(context.getInjectedReference(RequestContext.class)), applicationClasses, metrics(),
                            timers(), version));
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
                return context.getInjectedReference(ManagedAccounts.class);
            }
        };
    }

    private CurrentRequest request(CurrentRequest request) {
        SpanIds spans = contextConfig.getValue().properties().trace() ? Arc.container().instance(SpanIds.class).get() : null;
        return spans == null ? request : new TracedRequest(request, spans);
    }

    private static PostHogMetrics metrics() {
        PostHogMetrics metrics = Arc.container().instance(PostHogMetrics.class).get();
        return metrics == null ? PostHogMetrics.NONE : metrics;
    }

    private static Timers.Source timers() {
        Timers.Source timers = Arc.container().instance(Timers.Source.class).get();
        return timers == null ? account -> Timers.REAL : timers;
    }

    public Function<SyntheticCreationalContext<PostHog>, PostHog> postHog(String account) {
        return new Function<>() {
            @Override
            public PostHog apply(SyntheticCreationalContext<PostHog> context) {
                return context.getInjectedReference(ManagedAccounts.class).get(account);
            }
        };
    }

    /** @param where what needs the account */
    public void require(String account, String where) {
        new ConfiguredAccounts(config.getValue()).inactive(account).ifPresent(reason -> {
            throw new ConfigurationException(where + " needs an account that can't be used: " + reason);
        });
    }

    public Supplier<ActiveResult> checkActive(String account) {
        return new Supplier<>() {
            @Override
            public ActiveResult get() {
                Optional<String> reason = new ConfiguredAccounts(config.getValue()).inactive(account);
                return reason.map(ActiveResult::inactive).orElseGet(ActiveResult::active);
            }
        };
    }
}
