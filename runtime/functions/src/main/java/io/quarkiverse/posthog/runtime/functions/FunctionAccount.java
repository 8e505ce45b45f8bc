package io.quarkiverse.posthog.runtime.functions;

import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.resources.FeatureFlagsClient;
import io.quarkiverse.posthog.runtime.resources.QueryLimit;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.smallrye.mutiny.Uni;

/** An account that functions can use. This is the only class that uses the internals of the core. */
public final class FunctionAccount {

    private final PostHogClient client;

    private FunctionAccount(PostHogClient client) {
        this.client = client;
    }

    /** @throws IllegalArgumentException if the account is not a client of the extension, but a mock */
    public static FunctionAccount of(PostHog posthog) {
        if (posthog instanceof PostHogClient client) {
            return new FunctionAccount(client);
        }
        throw new IllegalArgumentException("PostHog account '" + posthog.account() + "' is " + posthog.getClass().getName()
                + ", but functions need an account of the extension; use the emulator in tests");
    }

    public String name() {
        return client.account();
    }

    public PostHog posthog() {
        return client;
    }

    /** The project ID in the configuration: a number, or {@code @current}. */
    public JsonNode projectId() {
        String id = client.settings().projectId();
        return isProjectFixed() ? LongNode.valueOf(Long.parseLong(id)) : TextNode.valueOf(id);
    }

    /** Whether the project is in the configuration, rather than the one that the owner of the key last selected. */
    public boolean isProjectFixed() {
        return client.settings().projectId().matches("\\d{1,18}");
    }

    /** The host of PostHog, without a path. */
    public String host() {
        return client.settings().api().getHost();
    }

    public boolean canCapture() {
        return client.settings().projectApiKey().isPresent();
    }

    public boolean canReadAndManage() {
        return client.settings().personalApiKey().isPresent();
    }

    /** The address of a page of PostHog's UI; empty if the project is not in the configuration. */
    public Optional<String> page(String path) {
        String base = client.settings().api().toString().replaceAll("/+$", "");
        return isProjectFixed() ? Optional.of(base + "/project/" + client.settings().projectId() + "/" + path)
                : Optional.empty();
    }

    /** The path of an object in PostHog's API. */
    public String apiPath(String path) {
        return "/api/projects/" + client.settings().projectId() + "/" + path;
    }

    /** The path to which events are sent. */
    public String capturePath() {
        return client.settings().config().capture().protocol() == CaptureConfig.CaptureProtocol.V1
                ? IngestionApi.ANALYTICS_EVENTS
                : IngestionApi.BATCH;
    }

    /** Removes the keys of the account, and all other secret keys of PostHog. */
    public String withoutKeys(String text) {
        return client.calls().masked(text);
    }

    /** @throws PostHogMissingKeyException if the account has no project token */
    public void requireProjectToken(String operation) {
        if (!canCapture()) {
            throw client.calls().missingKey(operation, "project-api-key");
        }
    }

    /** @throws PostHogMissingKeyException if the account has no personal API key */
    public void requirePersonalKey(String operation) {
        if (!canReadAndManage()) {
            throw client.calls().missingKey(operation, "personal-api-key");
        }
    }

    /** A flag as PostHog sent it. */
    public Uni<ObjectNode> flagJson(long id) {
        return flags().getJson(id);
    }

    /** The body of the request that creates a flag. */
    public ObjectNode bodyOf(NewFeatureFlag flag) {
        return flags().createBody(flag);
    }

    /**
     * The body of the request that changes a flag.
     *
     * @param current the flag as PostHog sent it
     */
    public ObjectNode bodyOf(FeatureFlagUpdate update, ObjectNode current) {
        return flags().updateBody(update, current);
    }

    private FeatureFlagsClient flags() {
        return new FeatureFlagsClient(client.calls());
    }

    /**
     * The query with a limit.
     *
     * @throws IllegalArgumentException if the text is not a single query that reads
     */
    public static String limitedQuery(String hogql, int limit) {
        return QueryLimit.limited(hogql, limit);
    }

    /**
     * The event that {@link #capture} sends; empty if it is not sent, because capturing is disabled or sampled, or the
     * application drops it.
     *
     * @throws IllegalArgumentException if the event is invalid
     */
    public Optional<CaptureEvent> previewCapture(CaptureEvent event) {
        PreprocessingResult result = client.previewCapture(detached(event));
        if (result instanceof Discarded discarded) {
            if (discarded.reason() == DropReason.INVALID || discarded.reason() == DropReason.ENCODING_FAILED) {
                throw new IllegalArgumentException(discarded.detail());
            }
            return Optional.empty();
        }
        return Optional.of(((QueuedEvent) result).event());
    }

    /** Sends an event, without data of the request in which the function is called. */
    public Uni<UUID> capture(CaptureEvent event) {
        return client.captureImmediate(detached(event));
    }

    private static CaptureRequest detached(CaptureEvent event) {
        return CaptureRequest.of(event).withRequest(RequestData.NONE);
    }
}
