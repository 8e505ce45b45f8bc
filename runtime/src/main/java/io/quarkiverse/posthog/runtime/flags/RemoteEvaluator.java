package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.FlagsConfig;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Backoff;
import io.quarkiverse.posthog.runtime.rest.Deadline;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Sends flag evaluations to PostHog. */
final class RemoteEvaluator implements Closeable {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private static final Operation<FlagsApi> EVALUATE = Operation.flags("evaluateFlags", ApiEndpoint.FLAGS);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(300), Duration.ofMinutes(5), 0);

    private static final int LARGE = 100_000;

    /** Exceptions may cause each other in a circle. */
    private static final int MAX_CAUSES = 100;

    private final FlagsConfig config;
    private final ApiExecutor calls;
    private final RetryPolicy retries;
    private final FlagsResponseParser reader;
    private final FlagsResponseCache cache;
    private final FlagRequestCompression compression;
    private final SharedEvaluations running = new SharedEvaluations();
    private final AtomicBoolean untyped = new AtomicBoolean();
    private final DuplicateMessageFilter<String> failures = new DuplicateMessageFilter<>();
    /** The problems of properties that cannot be written as JSON. */
    private final DuplicateMessageFilter<String> unwritable = new DuplicateMessageFilter<>();

    RemoteEvaluator(ApiExecutor calls) {
        this.config = calls.account().config().flags();
        this.calls = calls;
        // An evaluation that respects Retry-After would exceed its timeout
        this.retries = new RetryPolicy(config.maxRetries(), BACKOFF, Duration.ZERO, true);
        this.compression = new FlagRequestCompression(config.compression());
        this.reader = new FlagsResponseParser();
        this.cache = new FlagsResponseCache(config.cache().ttl(), config.cache().maxEntries());
    }

    /** The time that an evaluation may take from now on. */
    Deadline deadline() {
        return Deadline.fromNow(config.timeout(), calls);
    }

    /**
     * Never fails. Callers with the same request share its evaluation; each waits for it until its own deadline.
     *
     * @param typed whether version 3 of the response is requested even if it is not configured
     * @param fresh whether a cached response must not be used
     */
    Uni<FlagsResponse> evaluate(FlagRequest request, boolean typed, boolean fresh, Deadline deadline) {
        int version = typed ? FlagsApi.TYPED_VERSION : config.apiVersion();
        String body;
        try {
            body = new String(PostHogJsonWriter.bytes(calls.mapper(), request.converted(calls::values)),
                    StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            String problem = calls.message(e.getMessage());
            if (unwritable.isFirst(problem)) {
                LOG.warnf("PostHog account '%s' could not evaluate flags; they have their default values: a property cannot be "
                        + "written as JSON: %s; this is not logged again", calls.account().name(), problem);
            }
            return Uni.createFrom().item(FlagsResponse.failed(FlagError.UNKNOWN_ERROR));
        }
        FlagsResponse before = fresh ? null : cache.get(key(version, body));
        return before != null ? Uni.createFrom().item(before)
                : CallerContext
                        .keep(deadline.limit(shared(version, body),
                                () -> late("no response from " + calls.account().ingestion())))
                        .onFailure().recoverWithItem(this::failed);
    }

    /** The response if the flag definitions are not loaded in time. */
    FlagsResponse withoutDefinitions() {
        return failed(late("the flag definitions were not loaded"));
    }

    private PostHogConnectionException late(String problem) {
        String message = problem + " within " + config.timeout().toMillis() + " ms; raise "
                + AccountNames.key(calls.account().name(), "flags.timeout") + " to wait longer";
        return new PostHogConnectionException(calls.account().name(), EVALUATE.name(), message, new TimeoutException());
    }

    @Override
    public void close() {
        clearCache();
        compression.close();
    }

    /** Also prevents later callers from sharing the evaluations that are running. */
    void clearCache() {
        cache.clear();
        running.forget();
    }

    /** Identifies a request. Only responses of the same version can be shared. */
    private static String key(int version, String body) {
        return version == FlagsApi.TYPED_VERSION ? version + body : body;
    }

    private Uni<FlagsResponse> shared(int version, String body) {
        String key = key(version, body);
        return running.join(key, () -> {
            long generation = cache.generation();
            byte[] json = body.getBytes(StandardCharsets.UTF_8);
            return send(version, json)
                    .onItem().transformToUni(response -> read(response.body()))
                    .onItem().invoke(response -> succeeded(response, version))
                    .onFailure().recoverWithItem(this::failed)
                    .onItem().invoke(item -> cache.put(key, item, generation));
        });
    }

    /** Sends a request, and retries it once without compression if the host cannot decompress it. */
    private Uni<ApiResponse> send(int version, byte[] json) {
        return onWorkerIfLarge(json.length, Uni.createFrom().item(() -> compression.encode(json)))
                .chain(body -> send(version, body).onFailure(failure -> body.encoding() != null
                        && FlagRequestCompression.isRejected(failure)).recoverWithUni(() -> {
                            uncompressed();
                            return send(version, compression.encode(json));
                        }));
    }

    private Uni<ApiResponse> send(int version, FlagRequestCompression.Body body) {
        return calls.request(EVALUATE, retries, api -> api.evaluate(version, body.encoding(), new RequestBody(body.bytes())));
    }

    private void uncompressed() {
        if (compression.disable()) {
            LOG.infof("PostHog account '%s': %s cannot decompress flag requests; they are sent without compression from now on;"
                    + " set %s=none to do so from the start", calls.account().name(), calls.account().ingestion(),
                    AccountNames.key(calls.account().name(), "flags.compression"));
        }
    }

    /** Processes a large body on a worker thread, because it takes too long for an event loop. */
    private static <T> Uni<T> onWorkerIfLarge(int length, Uni<T> work) {
        return length <= LARGE ? work : work.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<FlagsResponse> read(byte[] json) {
        byte[] body = json == null ? new byte[0] : json;
        return onWorkerIfLarge(body.length, Uni.createFrom().item(() -> parse(body)));
    }

    private FlagsResponse parse(byte[] json) {
        try {
            return reader.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void succeeded(FlagsResponse answer, int version) {
        if (version == FlagsApi.TYPED_VERSION && !answer.typed() && untyped.compareAndSet(false, true)) {
            LOG.infof("PostHog account '%s': version 3 of flag responses was requested, but PostHog returned version 2; numbers"
                    + " and objects are available as payloads only; this is not logged again", calls.account().name());
        }
        if (answer.errors().contains(FlagError.QUOTA_LIMITED)) {
            warn(FlagError.QUOTA_LIMITED, "the project has used up its quota of flag requests");
        } else if (failures.reset(calls.account().name())) {
            LOG.infof("PostHog account '%s' evaluates flags again", calls.account().name());
        }
    }

    private FlagsResponse failed(Throwable failure) {
        FlagError error = error(failure);
        warn(error, reason(failure));
        return FlagsResponse.failed(error);
    }

    private String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException unreadable) {
            String problem = unreadable.getCause() instanceof JsonProcessingException parsing ? parsing.getOriginalMessage()
                    : unreadable.getCause().getMessage();
            return calls.invalidResponse(EVALUATE, "the response can't be parsed: " + problem).getMessage();
        }
        return failure instanceof PostHogException ? failure.getMessage() : failure.toString();
    }

    private void warn(FlagError error, String reason) {
        if (!calls.isClosed() && failures.isFirst(calls.account().name(), error)) {
            LOG.warnf("PostHog account '%s' could not evaluate flags with PostHog; they have their default values: %s",
                    calls.account().name(), reason);
        }
    }

    private static FlagError error(Throwable failure) {
        if (failure instanceof PostHogApiException api) {
            return api.status() == 402 ? FlagError.QUOTA_LIMITED : FlagError.apiError(api.status());
        }
        if (failure instanceof PostHogConnectionException) {
            return isTimeout(failure) ? FlagError.TIMEOUT : FlagError.CONNECTION_ERROR;
        }
        // A malformed HTTP response comes from a proxy
        return failure instanceof PostHogResponseException ? FlagError.CONNECTION_ERROR : FlagError.UNKNOWN_ERROR;
    }

    private static boolean isTimeout(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES)
                .anyMatch(TimeoutException.class::isInstance);
    }
}
