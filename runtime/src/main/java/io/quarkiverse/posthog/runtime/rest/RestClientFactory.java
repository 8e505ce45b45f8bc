package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.ClientBuilderImpl;
import org.jboss.resteasy.reactive.client.impl.ClientImpl;
import org.jboss.resteasy.reactive.client.impl.WebTargetImpl;
import org.jboss.resteasy.reactive.common.jaxrs.ConfigurationImpl;

import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.SecretMask;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.proxy.ProxyType;
import io.quarkus.rest.client.reactive.runtime.AnnotationRegisteredProviders;
import io.quarkus.rest.client.reactive.runtime.ProxyAddressUtil;
import io.quarkus.rest.client.reactive.runtime.ProxyAddressUtil.HostAndPort;
import io.quarkus.rest.client.reactive.runtime.RestClientBuilderImpl;
import io.quarkus.rest.client.reactive.runtime.RestClientRecorder;
import io.quarkus.rest.client.reactive.runtime.context.ClientHeadersFactoryContextResolver;
import io.quarkus.restclient.config.RestClientsConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.http.HttpClientRequest;

/**
 * Builds the REST clients of an account, isolated from the application: none of its filters, readers, writers, interceptors,
 * exception mappers, listeners or header factories applies to them, and of {@code quarkus.rest-client.*} only the proxy. A
 * provider that fails, aborts or changes a header would cost events or send a key to the wrong place.
 * <p>
 * This uses the builder below {@code QuarkusRestClientBuilder}, which has no switch for this.
 */
public final class RestClientFactory implements Closeable {

    /** The global settings that apply to accounts without a proxy of their own. */
    private static final List<String> GLOBAL_PROXY = List.of("quarkus.rest-client.proxy-address",
            "quarkus.rest-client.proxy-configuration-name");

    /** The providers of Quarkus itself that observe requests. */
    private static final List<String> OBSERVING = List.of("io.quarkus.opentelemetry.", "io.quarkus.micrometer.");

    private static final ClientHeadersFactory NO_HEADERS = new ClientHeadersFactory() {

        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            return new MultivaluedHashMap<>();
        }
    };

    private final ResolvedAccountConfig account;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;
    private final String userAgent;
    private final List<ClientImpl> built = new ArrayList<>();

    public RestClientFactory(ResolvedAccountConfig account, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies,
            String userAgent) {
        this.account = account;
        this.tls = tls;
        this.proxies = proxies;
        this.userAgent = userAgent;
    }

    /** Whether accounts without a proxy of their own use a global one, whose configuration may be invalid. */
    public static boolean hasGlobalProxy() {
        return GLOBAL_PROXY.stream()
                .anyMatch(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class).isPresent());
    }

    <C> C build(ApiEndpoint<C> endpoint, String key) {
        RestClientsConfig global = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)
                .getConfigMapping(RestClientsConfig.class);
        ClientBuilderImpl builder = new ClientBuilderImpl();
        builder.withConfig(new ConfigurationImpl(RuntimeType.CLIENT));
        builder.connectTimeout(account.config().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        builder.readTimeout(endpoint.attemptTimeout(account).toMillis(), TimeUnit.MILLISECONDS);
        builder.followRedirects(false);
        builder.enableCompression(false);
        builder.setUserAgent(userAgent);
        builder.property(QuarkusRestClientProperties.DISABLE_CONTEXTUAL_ERROR_MESSAGES, true);
        builder.register(new RequestBody.Writer());
        builder.register(new Exchange.Binder(), Exchange.Binder.PRIORITY);
        builder.clientRequestCustomizer(Exchange.Binder::connected);
        builder.register(new ClientHeadersFactoryContextResolver(NO_HEADERS));
        builder.register(new Headers(headers(endpoint, key)));
        builder.clientLogger(new RequestLogger(account, new SecretMask(account.secrets())));
        builder.loggingScope(account.config().logRequests() ? LoggingScope.REQUEST_RESPONSE : LoggingScope.NONE);
        builder.loggingBodySize(global.logging().bodyLimit());
        builder.maskedHeaders(Set.of(HttpHeaders.AUTHORIZATION));
        observe(builder, endpoint.api());
        Optional<TlsConfiguration> tlsConfiguration = named("tls-configuration-name", "quarkus.tls",
                account.config().tlsConfigurationName(), name -> TlsConfiguration.from(tls, name));
        tlsConfiguration.ifPresent(
                configuration -> builder.clientOptionsCustomizer(options -> TlsConfigUtils.configure(options, configuration)));
        proxy(builder, global);
        ClientImpl client = builder.build();
        built.add(client);
        tlsConfiguration.map(TlsConfiguration::getName)
                .ifPresent(name -> RestClientRecorder.registerReloadableHttpClient(name, client.getVertxHttpClient()));
        return ((WebTargetImpl) client.target(endpoint.base(account))).proxy(endpoint.api());
    }

    /**
     * Returns the headers of all requests as one map for one filter, because a second filter of the same class would be
     * ignored.
     */
    private Map<String, String> headers(ApiEndpoint<?> endpoint, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (endpoint.key().isBearer()) {
            headers.put(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        headers.putAll(account.config().headers());
        return headers;
    }

    private static void observe(ClientBuilderImpl builder, Class<?> api) {
        Arc.container().instance(AnnotationRegisteredProviders.class).get().getProviders(api).forEach((provider, priority) -> {
            if (isObserving(provider)) {
                InstanceHandle<?> bean = Arc.container().instance(provider);
                if (bean.isAvailable()) {
                    builder.register(bean.get(), priority);
                } else {
                    builder.register(provider, priority);
                }
            }
        });
        ServiceLoader.load(RestClientBuilderListener.class).stream()
                .filter(listener -> isObserving(listener.type()))
                .forEach(listener -> listener.get().onNewBuilder(new RequestCustomizers(builder)));
    }

    private static boolean isObserving(Class<?> type) {
        return OBSERVING.stream().anyMatch(type.getName()::startsWith);
    }

    /** Looks a configuration up by its name; the message of its registry does not say which account refers to it. */
    private <T> Optional<T> named(String property, String prefix, Optional<String> name,
            Function<Optional<String>, Optional<T>> registry) {
        try {
            return registry.apply(name);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(AccountNames.key(account.name(), property) + " is '" + name.orElse("")
                    + "', but " + prefix + ".\"" + name.orElse("") + "\".* is not configured", e);
        }
    }

    /** Configures the proxy. Without its own proxy, the account uses the global one, like every REST client. */
    private void proxy(ClientBuilderImpl builder, RestClientsConfig global) {
        Optional<String> name = account.config().proxyConfigurationName();
        if (name.isPresent()) {
            if (name.get().equals(ProxyConfigurationRegistry.NONE)) {
                builder.proxy(ProxyConfigurationRegistry.NONE, 0);
            } else {
                named("proxy-configuration-name", "quarkus.proxy", name, proxies::get)
                        .ifPresent(proxy -> proxy(builder, proxy));
            }
        } else if (global.proxyAddress().isPresent()) {
            HostAndPort address = ProxyAddressUtil.parseAddress(global.proxyAddress().get());
            builder.proxy(address.host, address.port);
            global.proxyUser().ifPresent(builder::proxyUser);
            global.proxyPassword().ifPresent(builder::proxyPassword);
            global.nonProxyHosts().ifPresent(builder::nonProxyHosts);
            global.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
        } else {
            proxies.get(global.proxyConfigurationName()).ifPresent(proxy -> proxy(builder, proxy));
        }
    }

    private static void proxy(ClientBuilderImpl builder, ProxyConfiguration proxy) {
        builder.proxy(proxy.host(), proxy.port());
        builder.proxyType(type(proxy.type()));
        proxy.username().ifPresent(builder::proxyUser);
        proxy.password().ifPresent(builder::proxyPassword);
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
    }

    private static io.vertx.core.net.ProxyType type(ProxyType type) {
        return switch (type) {
            case HTTP -> io.vertx.core.net.ProxyType.HTTP;
            case SOCKS4 -> io.vertx.core.net.ProxyType.SOCKS4;
            case SOCKS5 -> io.vertx.core.net.ProxyType.SOCKS5;
        };
    }

    @Override
    public void close() {
        built.forEach(ClientImpl::close);
    }

    /** A builder for listeners that customize requests, such as to count them only once. */
    private static final class RequestCustomizers extends RestClientBuilderImpl {

        private final ClientBuilderImpl builder;

        RequestCustomizers(ClientBuilderImpl builder) {
            this.builder = builder;
        }

        @Override
        public RestClientBuilderImpl httpClientRequestCustomizer(Consumer<HttpClientRequest> customizer) {
            builder.clientRequestCustomizer(customizer);
            return this;
        }
    }

    /** Sets headers on every request. */
    private record Headers(Map<String, String> headers) implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            headers.forEach(request.getHeaders()::putSingle);
        }
    }
}
