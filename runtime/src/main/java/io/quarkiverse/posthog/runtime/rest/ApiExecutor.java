package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkiverse.posthog.runtime.support.Lazy;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;
import io.quarkiverse.posthog.runtime.support.SecretMask;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Sends all requests of an account: checks that there is a key, waits for the rate limit, applies the timeout and the size
 * limit, follows redirects within the host, translates failures and retries.
 */
public final class ApiExecutor implements Closeable {

    /** Parsing a larger response would block an event loop. */
    private static final int LARGE = 64 << 10;

    private final ResolvedAccountConfig account;
    private final AccountMetrics metrics;
    private final Lazy<RestClients> clients;
    private final Lazy<ObjectMapper> mapper;
    private final Lazy<ObjectMapper> snakeCaseMapper;
    private final Lazy<ObjectMapper> values;
    private final SecretMask mask;
    private final ApiExceptionMapper errors;
    private final ApiRateLimiter limiter;
    private final RetryPolicy retries;
    private final RequestDelays delays;
    private final ExchangeRunner exchanges;

    /**
     * Creates no client and no mapper before the first request that needs them.
     *
     * @param clients creates the REST clients
     * @param values creates the mapper of values that the application provides
     */
    public ApiExecutor(ResolvedAccountConfig account, Supplier<RestClients> clients, Supplier<ObjectMapper> values,
            AccountExecutor executor, AccountMetrics metrics) {
        this.account = account;
        this.metrics = metrics;
        this.delays = new RequestDelays(executor);
        this.exchanges = new ExchangeRunner(account,
                operation -> delays.isClosed() ? Optional.of(closed(operation)) : Optional.empty());
        this.clients = new Lazy<>(account.name(), "a REST client", clients, delays::elapsed);
        this.mapper = new Lazy<>(account.name(), "the ObjectMapper of requests", PostHogObjectMapper::create, delays::elapsed);
        this.snakeCaseMapper = new Lazy<>(account.name(), "the ObjectMapper of other types",
                () -> PostHogObjectMapper.create().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
                delays::elapsed);
        this.values = new Lazy<>(account.name(), "the ObjectMapper of property values", values, delays::elapsed);
        this.mask = new SecretMask(account.secrets());
        this.errors = new ApiExceptionMapper(account, this::mapper, mask);
        this.limiter = new ApiRateLimiter(account, delays, metrics);
        this.retries = RetryPolicy.of(account.config().retry());
    }

    /**
     * Creates the REST clients now, so that invalid configuration is found before the first request.
     *
     * @throws RuntimeException if they can't be created
     */
    public void createClients() {
        clients.get();
    }

    public ResolvedAccountConfig account() {
        return account;
    }

    /** The project of the account, for paths. */
    public PathSegment project() {
        return PathSegment.of("project-id", account.projectId());
    }

    /** Sets the variable {@code {project}} of a path. */
    public ApiPath inProject(ApiPath path) {
        return path.with("project", project());
    }

    /** The mapper of PostHog's JSON. */
    public ObjectMapper mapper() {
        return mapper.get();
    }

    /**
     * The mapper of types of the application that represent PostHog's JSON. PostHog's names are in snake case, such as
     * {@code date_marker} for {@code dateMarker}.
     */
    public ObjectMapper snakeCaseMapper() {
        return snakeCaseMapper.get();
    }

    /**
     * The mapper of values that the application provides.
     *
     * @throws RuntimeException if it can't be created, such as because of an ObjectMapperCustomizer
     */
    public ObjectMapper values() {
        return values.get();
    }

    /** The delays between requests. */
    RequestDelays delays() {
        return delays;
    }

    /** Completes after a delay, or when the account is closed. Canceling it stops the timer. */
    public Uni<Void> pause(Duration delay) {
        return delays.after(delay);
    }

    /** The metrics of the account. */
    public AccountMetrics metrics() {
        return metrics;
    }

    /** Sends a request, retries it if the operation permits that, and reads the JSON of the response. */
    public <C, T> Uni<T> read(Operation<C> operation, Class<T> type, Function<C, Uni<Response>> request) {
        return read(operation, body -> mapper().readValue(body, type), request);
    }

    /** Returns the reader of a page of a list. */
    public <T> JsonReader<PageResponse<T>> pageReader(Class<T> type) {
        return body -> mapper().readValue(body,
                mapper().getTypeFactory().constructParametricType(PageResponse.class, type));
    }

    /** Sends a request, retries it if the operation permits that, and reads the JSON of the response with a reader. */
    public <C, T> Uni<T> read(Operation<C> operation, JsonReader<T> reader, Function<C, Uni<Response>> request) {
        return request(operation, request).chain(response -> response.body().length < LARGE
                ? Uni.createFrom().item(() -> decode(operation, response, reader))
                : CallerContext.keep(Uni.createFrom().<T> item(() -> decode(operation, response, reader))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                        .onFailure().transform(failure -> translate(operation, failure)));
    }

    /** Sends a request, and retries it if the operation permits that. Completes with a successful response. */
    public <C> Uni<ApiResponse> request(Operation<C> operation, Function<C, Uni<Response>> request) {
        return request(operation, retries, request);
    }

    /** Sends a request, and retries it if the operation and the policy permit that. */
    public <C> Uni<ApiResponse> request(Operation<C> operation, RetryPolicy policy, Function<C, Uni<Response>> request) {
        return attempt(operation, policy, request, 0);
    }

    private <C> Uni<ApiResponse> attempt(Operation<C> operation, RetryPolicy policy, Function<C, Uni<Response>> request,
            int retried) {
        return send(operation, request)
                .onFailure().recoverWithUni(failure -> policy.delay(operation, failure, retried)
                        .map(delay -> pause(delay).chain(() -> attempt(operation, policy, request, retried + 1)))
                        .orElseGet(() -> Uni.createFrom().failure(failure)));
    }

    /**
     * Sends a request, without retries. Completes with a successful response, or one that says that nothing has changed
     * (304); fails with an exception of PostHog's hierarchy.
     */
    public <C> Uni<ApiResponse> send(Operation<C> operation, Function<C, Uni<Response>> request) {
        if (delays.isClosed()) {
            return Uni.createFrom().failure(closed(operation.name()));
        }
        if (operation.endpoint().key().of(account).isEmpty()) {
            return Uni.createFrom().failure(() -> missingKey(operation.name(), operation.endpoint().key().property()));
        }
        return limiter.acquire(operation)
                .chain(() -> client(operation))
                .chain(client -> delays.isClosed() ? Uni.createFrom().<ApiResponse> failure(closed(operation.name()))
                        // The REST client responds on a context nested into this one; if the caller continued there, each
                        // page of a list would be nested into the page before
                        : CallerContext.keep(measured(operation, exchanges.run(operation, client, request))))
                .onItem().transformToUni(response -> accepted(operation, response))
                .onFailure().transform(failure -> translate(operation, failure));
    }

    /** The REST client. If it is not there yet, an event loop does not wait until it is created. */
    private <C> Uni<C> client(Operation<C> operation) {
        Uni<C> client = Uni.createFrom().item(() -> createdClient(operation));
        return clients.present() != null || Infrastructure.canCallerThreadBeBlocked() ? client
                : CallerContext.keep(client.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private <C> C createdClient(Operation<C> operation) {
        try {
            return clients.get().get(operation.endpoint());
        } catch (RuntimeException | LinkageError e) {
            throw errors.noClient(operation, e);
        }
    }

    private Uni<ApiResponse> accepted(Operation<?> operation, ApiResponse response) {
        return response.isSuccess() || response.isNotModified() && operation.endpoint() == ApiEndpoint.FLAG_DEFINITIONS
                ? Uni.createFrom().item(response)
                : Uni.createFrom().failure(errors.of(operation, response));
    }

    private Uni<ApiResponse> measured(Operation<?> operation, Uni<ApiResponse> request) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return request.onItemOrFailure().invoke((response, failure) -> metrics.called(operation.metric(),
                    failure == null ? Integer.toString(response.status()) : "none",
                    Duration.ofNanos(System.nanoTime() - start)));
        });
    }

    /**
     * Reads the JSON of a response.
     *
     * @throws PostHogResponseException if it can't be interpreted
     */
    public <T> T decode(Operation<?> operation, ApiResponse response, Class<T> type) {
        return decode(operation, response, body -> mapper().readValue(body, type));
    }

    private <T> T decode(Operation<?> operation, ApiResponse response, JsonReader<T> reader) {
        if (response.body().length == 0) {
            throw errors.empty(operation);
        }
        T value;
        try {
            value = reader.read(response.body());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw errors.unreadable(operation, response, e);
        }
        if (value == null) {
            throw errors.empty(operation);
        }
        return value;
    }

    /**
     * The JSON of a request.
     *
     * @throws IllegalArgumentException if the value can't be written as JSON
     */
    public RequestBody body(Object value) {
        return body(mapper(), value);
    }

    /**
     * The JSON of a request, with another mapper.
     *
     * @throws IllegalArgumentException if the value can't be written as JSON
     */
    public RequestBody body(ObjectMapper writer, Object value) {
        try {
            return new RequestBody(PostHogJsonWriter.bytes(writer, value));
        } catch (IOException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException("The request can't be written as JSON: " + reason, e);
        }
    }

    /** The exception for a response that can be parsed, but has invalid content. */
    public PostHogResponseException invalidResponse(Operation<?> operation, String problem) {
        return new PostHogResponseException(account.name(), operation.name(), mask.message(problem), null);
    }

    /** A text of another system for messages and logs: short, on one line, without the keys of the account. */
    public String message(String text) {
        return mask.message(text);
    }

    /** A text without the keys of the account. */
    public String masked(String text) {
        return mask.mask(text);
    }

    /** The exception for a request that needs a key which the account does not have. */
    public PostHogMissingKeyException missingKey(String operation, String key) {
        return new PostHogMissingKeyException(account.name(), operation,
                "the account has no " + key + "; set " + AccountNames.key(account.name(), key));
    }

    private Throwable translate(Operation<?> operation, Throwable failure) {
        Throwable translated = errors.translate(operation, failure);
        boolean interrupted = delays.isClosed() && !(translated instanceof PostHogApiException);
        return interrupted ? closed(operation.name()) : translated;
    }

    /**
     * The exception for a request that the end of the account interrupts. Its stack trace would show the thread
     * that closes the account, and is omitted: Mutiny logs failures of callers that do not handle them.
     */
    public PostHogConnectionException closed(String operation) {
        PostHogConnectionException closed = new PostHogConnectionException(account.name(), operation,
                "the account was closed", null);
        closed.setStackTrace(new StackTraceElement[0]);
        return closed;
    }

    /** Whether requests fail because the account was closed. */
    public boolean isClosed() {
        return delays.isClosed();
    }

    /** Ends all delays. From now on, requests fail because the account is closed. */
    public void stop() {
        delays.close();
    }

    /** Aborts all requests, so that no caller waits for a response that can't arrive any more. */
    @Override
    public void close() throws IOException {
        stop();
        // Every caller gets an exception that says so; this one only ends the exchange
        TimeoutException end = new TimeoutException("the account was closed");
        end.setStackTrace(new StackTraceElement[0]);
        exchanges.abort(end);
        RestClients created = clients.end();
        if (created != null) {
            created.close();
        }
    }

    /** Reads the JSON of a response. */
    @FunctionalInterface
    public interface JsonReader<T> {

        T read(byte[] body) throws IOException;
    }
}
