package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.runtime.config.FlagsConfig;
import io.quarkiverse.posthog.runtime.rest.AcceptedJson;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.CallerContext;
import io.quarkiverse.posthog.runtime.rest.Delays;
import io.quarkiverse.posthog.runtime.rest.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Service;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.smallrye.mutiny.Uni;

/** Lets PostHog evaluate flags. */
final class RemoteEvaluator {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private static final Operation EVALUATE = Operation.flags("evaluateFlags", Service.FLAGS);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);

    private final ApiCalls calls;
    private final ObjectMapper mapper;
    private final FlagAnswerReader reader;
    private final Delays delays;
    private final int maxRetries;
    private final AnswerCache cache;
    private final Map<String, Uni<FlagAnswer>> running = new ConcurrentHashMap<>();
    /** What the last request failed with, so that an outage is logged once. */
    private final AtomicReference<FlagError> failing = new AtomicReference<>();

    RemoteEvaluator(ApiCalls calls, ObjectMapper mapper, Delays delays) {
        FlagsConfig config = calls.account().config().flags();
        this.calls = calls;
        this.mapper = mapper;
        this.reader = new FlagAnswerReader(mapper);
        this.delays = delays;
        this.maxRetries = config.maxRetries();
        this.cache = new AnswerCache(config.cache().ttl(), config.cache().maxSize());
    }

    /**
     * Never fails. Who asks the same while it is being answered gets the same answer.
     *
     * @param fresh whether an answer of before does not do
     */
    Uni<FlagAnswer> evaluate(FlagRequest request, boolean fresh) {
        String body;
        try {
            body = new String(AcceptedJson.bytes(mapper, request), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.warnf("PostHog account '%s' can't evaluate flags: a property can't be written as JSON: %s",
                    calls.account().name(), reason(e));
            return Uni.createFrom().item(FlagAnswer.failed(FlagError.UNKNOWN));
        }
        FlagAnswer before = fresh ? null : cache.get(body);
        return before != null ? Uni.createFrom().item(before) : CallerContext.keep(shared(body));
    }

    /** Nor does whoever asks from now on get the answer to what was asked before. */
    void clearCache() {
        cache.clear();
        running.clear();
    }

    private Uni<FlagAnswer> shared(String body) {
        return running.computeIfAbsent(body, same -> {
            long generation = cache.generation();
            AtomicReference<Uni<FlagAnswer>> self = new AtomicReference<>();
            Uni<FlagAnswer> answer = attempt(body.getBytes(StandardCharsets.UTF_8), 0)
                    .onItem().invoke(this::succeeded)
                    .onFailure().recoverWithItem(this::failed)
                    .onItem().invoke(item -> cache.put(body, item, generation))
                    .onTermination().invoke(() -> running.remove(body, self.get()))
                    .memoize().indefinitely();
            self.set(answer);
            return answer;
        });
    }

    private Uni<FlagAnswer> attempt(byte[] body, int repeated) {
        return calls.flags(EVALUATE, api -> api.evaluate(FlagsApi.VERSION, body))
                .onItem().transformToUni(response -> read(response.getEntity()))
                .onFailure(failure -> repeated < maxRetries && RetryPolicy.repeats(EVALUATE, failure))
                .recoverWithUni(() -> delays.after(FIRST_PAUSE.multipliedBy(1L << Math.min(repeated, 10)))
                        .chain(() -> attempt(body, repeated + 1)));
    }

    private Uni<FlagAnswer> read(byte[] json) {
        try {
            return Uni.createFrom().item(reader.read(json == null ? new byte[0] : json));
        } catch (IOException e) {
            return Uni.createFrom().failure(calls.nonsense(EVALUATE, "the answer can't be read: " + reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }

    private void succeeded(FlagAnswer answer) {
        if (answer.errors().contains(FlagError.QUOTA_LIMITED)) {
            warn(FlagError.QUOTA_LIMITED, "the project has used up its quota of flag requests");
        } else if (failing.getAndSet(null) != null) {
            LOG.infof("PostHog account '%s' evaluates flags again", calls.account().name());
        }
    }

    private FlagAnswer failed(Throwable failure) {
        FlagError error = error(failure);
        warn(error, failure instanceof PostHogException ? failure.getMessage() : failure.toString());
        return FlagAnswer.failed(error);
    }

    private void warn(FlagError error, String reason) {
        FlagError before = failing.getAndSet(error);
        if (!error.equals(before)) {
            LOG.warnf("PostHog account '%s' can't have flags evaluated, which then have their defaults: %s",
                    calls.account().name(), reason);
        }
    }

    private static FlagError error(Throwable failure) {
        if (failure instanceof PostHogApiException api) {
            return api.status() == 402 ? FlagError.QUOTA_LIMITED : FlagError.api(api.status());
        }
        if (failure instanceof PostHogConnectionException) {
            return isTimeout(failure) ? FlagError.TIMEOUT : FlagError.CONNECTION;
        }
        return FlagError.UNKNOWN;
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
