package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.Operation.Service;
import io.smallrye.mutiny.Uni;

/**
 * The way every request of an account takes: is there a key for it, is it within the budget, send it, translate its
 * failure, and perhaps send it again.
 */
public final class ApiCalls implements Closeable {

    private final Account account;
    private final AccountMetrics metrics;
    private final RestClients clients;
    private final SecretMask mask;
    private final ApiErrors errors;
    private final RequestBudget budget;
    private final RetryPolicy retries;
    private final Delays delays;

    public ApiCalls(Account account, RestClients clients, ObjectMapper mapper, Delays delays, AccountMetrics metrics) {
        this.account = account;
        this.metrics = metrics;
        this.clients = clients;
        this.mask = new SecretMask(account.secrets());
        this.errors = new ApiErrors(account, mapper, mask);
        this.budget = new RequestBudget(account, delays, metrics);
        this.retries = RetryPolicy.of(account.config().retry());
        this.delays = delays;
    }

    public Account account() {
        return account;
    }

    /** Whoever sends or evaluates has more to tell than what becomes of its requests. */
    public AccountMetrics metrics() {
        return metrics;
    }

    /** A request to the private API. */
    public <T> Uni<T> api(Operation operation, Function<PostHogApi, Uni<T>> request) {
        return call(operation, operation.service() == Service.COMPUTING ? clients.computing() : clients.api(),
                "personal-api-key", request);
    }

    /** A request to the private API that the secure key of the project is enough for. */
    public <T> Uni<T> secureApi(Operation operation, Function<PostHogApi, Uni<T>> request) {
        return call(operation, clients.secureApi(), "feature-flags-secure-key", request);
    }

    /** A request about the personal key. */
    public <T> Uni<T> key(Operation operation, Function<KeyApi, Uni<T>> request) {
        return call(operation, clients.key(), "personal-api-key", request);
    }

    /** A request to the ingestion. It is not repeated: what was delivered of it is known to whoever sends it. */
    public <T> Uni<T> ingestion(Operation operation, Function<IngestionApi, Uni<T>> request) {
        return clients.ingestion().map(client -> once(operation, () -> request.apply(client)))
                .orElseGet(() -> missing(operation, "project-api-key"));
    }

    /** A request about flags to the host for capturing. It is not repeated. */
    public <T> Uni<T> flags(Operation operation, Function<FlagsApi, Uni<T>> request) {
        return (operation.service() == Service.FLAGS ? clients.flags() : clients.flagDefinitions())
                .map(client -> once(operation, () -> request.apply(client)))
                .orElseGet(() -> missing(operation, "project-api-key"));
    }

    /** What a list or query fails with when the answer makes no sense. */
    public PostHogResponseException nonsense(Operation operation, String problem) {
        return new PostHogResponseException(account.name(), operation.name(), mask.mask(problem), null);
    }

    /** A text that others may see, without any key in it. */
    public String masked(String text) {
        return mask.mask(text);
    }

    private <C, T> Uni<T> call(Operation operation, Optional<C> client, String neededKey, Function<C, Uni<T>> request) {
        return client.map(present -> attempt(operation, () -> request.apply(present), 0))
                .orElseGet(() -> missing(operation, neededKey));
    }

    private <T> Uni<T> missing(Operation operation, String key) {
        return Uni.createFrom().failure(() -> missingKey(operation.name(), key));
    }

    /** What everything fails with that needs a key the account does not have. */
    public PostHogMissingKeyException missingKey(String operation, String key) {
        return new PostHogMissingKeyException(account.name(), operation,
                "the account has no " + key + "; set " + AccountNames.key(account.name(), key));
    }

    private <T> Uni<T> once(Operation operation, Supplier<Uni<T>> request) {
        return budget.acquire(operation)
                .chain(() -> delays.isClosed() ? Uni.createFrom().failure(closed(operation, null))
                        // The REST client answers on a context nested into this one; if what follows stayed there, each page
                        // of a list would be nested into the page before, without an end
                        : CallerContext.keep(measured(operation, request.get())))
                .onItem().ifNull().failWith(() -> errors.empty(operation))
                .onFailure().transform(failure -> translate(operation, failure));
    }

    private <T> Uni<T> measured(Operation operation, Uni<T> request) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return request.onItemOrFailure().invoke((answer, failure) -> metrics.called(operation.name(),
                    status(answer, failure), Duration.ofNanos(System.nanoTime() - start)));
        });
    }

    private static String status(Object answer, Throwable failure) {
        if (failure != null) {
            return failure instanceof HttpFailure http ? Integer.toString(http.status()) : "none";
        }
        return answer instanceof RestResponse<?> response ? Integer.toString(response.getStatus()) : "2xx";
    }

    private <T> Uni<T> attempt(Operation operation, Supplier<Uni<T>> request, int repeated) {
        return once(operation, request)
                .onFailure().recoverWithUni(failure -> retries.delay(operation, failure, repeated)
                        .map(wait -> delays.after(wait).chain(() -> attempt(operation, request, repeated + 1)))
                        .orElseGet(() -> Uni.createFrom().failure(failure)));
    }

    private Throwable translate(Operation operation, Throwable failure) {
        Throwable translated = errors.translate(operation, failure);
        boolean interrupted = delays.isClosed() && !(translated instanceof PostHogApiException);
        return interrupted ? closed(operation, failure) : translated;
    }

    private PostHogConnectionException closed(Operation operation, Throwable cause) {
        return new PostHogConnectionException(account.name(), operation.name(), "the account was closed", cause);
    }

    @Override
    public void close() throws IOException {
        delays.close();
        clients.close();
    }
}
