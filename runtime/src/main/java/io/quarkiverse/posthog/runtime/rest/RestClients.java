package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.ContextResolver;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/**
 * The REST clients of one account, for each key and host it has. A client without its key does not exist.
 *
 * @param computing the private API again, with the patience that what PostHog computes takes
 * @param secureApi the private API again, with the secure key of the project
 * @param key what the personal key opens, outside of any project
 * @param flagDefinitions that of flags again, with the patience that definitions take
 */
public record RestClients(Optional<PostHogApi> api, Optional<PostHogApi> computing, Optional<PostHogApi> secureApi,
        Optional<KeyApi> key, Optional<IngestionApi> ingestion, Optional<FlagsApi> flags,
        Optional<FlagsApi> flagDefinitions) implements Closeable {

    private static final ClientRequestFilter NO_FILTER = request -> {
    };

    private static final List<String> GLOBAL_PROXY = List.of("quarkus.rest-client.proxy-address",
            "quarkus.rest-client.proxy-configuration-name");

    /** An account without any key, which reaches nothing. */
    public static RestClients none() {
        return new RestClients(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    public static RestClients of(Account account, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies,
            ObjectMapper mapper, String userAgent) {
        Builder builder = new Builder(account, tls, proxies, mapper, userAgent);
        Optional<ClientRequestFilter> bearer = account.personalApiKey().map(RestClients::bearer);
        return new RestClients(
                bearer.map(filter -> builder.build(PostHogApi.class, account.api(), account.readTimeout(), filter)),
                bearer.map(filter -> builder.build(PostHogApi.class, account.api(), account.queryTimeout(), filter)),
                account.secureKey().map(RestClients::bearer)
                        .map(filter -> builder.build(PostHogApi.class, account.api(), account.readTimeout(), filter)),
                bearer.map(filter -> builder.build(KeyApi.class, account.api(), account.readTimeout(), filter)),
                account.projectApiKey().map(key -> builder.build(IngestionApi.class, account.ingestion(),
                        account.config().capture().timeout(), NO_FILTER)),
                account.projectApiKey().map(key -> builder.build(FlagsApi.class, account.ingestion(),
                        account.config().flags().timeout(), NO_FILTER)),
                account.projectApiKey().map(key -> builder.build(FlagsApi.class, account.ingestion(),
                        account.config().flags().definitions().timeout(), NO_FILTER)));
    }

    /** Whether accounts without a proxy of their own have one, whose configuration may be wrong. */
    public static boolean haveGlobalProxy() {
        Config config = ConfigProvider.getConfig();
        return GLOBAL_PROXY.stream().anyMatch(key -> config.getOptionalValue(key, String.class).isPresent());
    }

    private static ClientRequestFilter bearer(String key) {
        return request -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + key);
    }

    @Override
    public void close() throws IOException {
        // The generated clients are closeable, their interfaces are not
        for (Optional<?> client : List.of(api, computing, secureApi, key, ingestion, flags, flagDefinitions)) {
            if (client.orElse(null) instanceof Closeable closeable) {
                closeable.close();
            }
        }
    }

    /** No lambda: what it is a resolver of is read from its class, and a lambda would be ignored. */
    private record WireMapperResolver(ObjectMapper mapper) implements ContextResolver<ObjectMapper> {

        @Override
        public ObjectMapper getContext(Class<?> type) {
            return mapper;
        }
    }

    /** Headers of the configuration. */
    private record ConfiguredHeaders(Map<String, String> headers) implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            headers.forEach(request.getHeaders()::putSingle);
        }
    }

    private record Builder(Account account, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies,
            ObjectMapper mapper, String userAgent) {

        <T> T build(Class<T> api, URI base, Duration readTimeout, ClientRequestFilter filter) {
            QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                    .baseUri(base)
                    .connectTimeout(account.config().connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .followRedirects(false)
                    .userAgent(userAgent)
                    .disableDefaultMapper(true)
                    .register(new HttpFailure.Mapper())
                    .register(filter)
                    .register(new ConfiguredHeaders(account.config().headers()))
                    .register(new WireMapperResolver(mapper))
                    .property(QuarkusRestClientProperties.DISABLE_CONTEXTUAL_ERROR_MESSAGES, true)
                    .loggingMaskedHeaders(Set.of(HttpHeaders.AUTHORIZATION))
                    .clientLogger(new RequestLogger(account, new SecretMask(account.secrets())))
                    // Never left to quarkus.rest-client.logging.scope: "all" would log what goes over the wire, keys included
                    .loggingScope(account.config().logRequests() ? LoggingScope.REQUEST_RESPONSE : LoggingScope.NONE);
            named("tls-configuration-name", "quarkus.tls", account.config().tlsConfigurationName(),
                    name -> TlsConfiguration.from(tls, name)).ifPresent(builder::tlsConfiguration);
            proxy(builder);
            return builder.build(api);
        }

        /** What is configured elsewhere, under a name: the message of its registry does not say who wants it. */
        private <T> Optional<T> named(String property, String prefix, Optional<String> name,
                Function<Optional<String>, Optional<T>> registry) {
            try {
                return registry.apply(name);
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException(AccountNames.key(account.name(), property) + " is '" + name.orElse("")
                        + "', but there is no " + prefix + ".\"" + name.orElse("") + "\".* in the configuration", e);
            }
        }

        /** Without a name of its own, the account uses the global proxy, as every REST client does. */
        private void proxy(QuarkusRestClientBuilder builder) {
            Optional<String> name = account.config().proxyConfigurationName();
            if (name.isEmpty()) {
                return;
            }
            if (name.get().equals(ProxyConfigurationRegistry.NONE)) {
                builder.proxyAddress(ProxyConfigurationRegistry.NONE, 0);
                return;
            }
            named("proxy-configuration-name", "quarkus.proxy", name, proxies::get).ifPresent(proxy -> {
                builder.proxyType(proxy.type()).proxyAddress(proxy.host(), proxy.port());
                proxy.username().ifPresent(builder::proxyUser);
                proxy.password().ifPresent(builder::proxyPassword);
                proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
                proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
            });
        }
    }
}
