package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagInUseException;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Manages feature flags with PostHog's REST API. */
public final class FeatureFlagsClient implements FeatureFlags {

    private static final Operation<PostHogApi> LIST = Operation.read("featureFlags.list", Limit.CRUD);
    private static final Operation<PostHogApi> PAGE = Operation.read("featureFlags.page", Limit.CRUD);
    private static final Operation<PostHogApi> GET = Operation.read("featureFlags.get", Limit.CRUD);
    private static final Operation<PostHogApi> CREATE = Operation.write("featureFlags.create", Limit.CRUD);
    private static final Operation<PostHogApi> UPDATE = Operation.write("featureFlags.update", Limit.CRUD);
    private static final Operation<PostHogApi> DELETE = Operation.write("featureFlags.delete", Limit.CRUD);
    /** Restoring a flag. It can be retried, unlike deleting, for which PostHog may change the key each time. */
    private static final Operation<PostHogApi> RESTORE = Operation.api("featureFlags.restore", Limit.CRUD,
            Retry.SAFE);

    /**
     * PostHog's texts for this error, which has no code: "Cannot delete ... because other flags depend on it", "... is linked
     * to", ...
     */
    private static final Pattern IN_USE = Pattern.compile("cannot (be )?deleted?|depend|in use|linked|used by",
            Pattern.CASE_INSENSITIVE);

    private static final String VERSION = "version";

    private static final ApiPath FLAGS = ApiPath.of("/api/projects/{project}/feature_flags/");
    private static final ApiPath FLAG = ApiPath.of("/api/projects/{project}/feature_flags/{id}/");

    private final ApiExecutor calls;
    private final FlagRequestBodies changes;

    public FeatureFlagsClient(ApiExecutor calls) {
        this.calls = calls;
        this.changes = new FlagRequestBodies(calls::mapper, calls.account().name(), UPDATE);
    }

    @Override
    public Multi<FeatureFlag> list(FeatureFlagQuery query) {
        return flags().all(LIST, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Page<FeatureFlag>> page(FeatureFlagQuery query) {
        return flags().page(PAGE, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<FeatureFlag> get(long id) {
        return calls.read(GET, FeatureFlag.class, ApiCall.get(flag(id)));
    }

    @Override
    public Uni<FeatureFlag> get(String key) {
        if (key == null || key.isBlank()) {
            return Uni.createFrom().failure(() -> new IllegalArgumentException("The feature flag key must not be blank"));
        }
        return Multi.createBy().concatenating().streams(withKey(key, false), withKey(key, true))
                .filter(flag -> flag.key().equals(key))
                .select().first()
                .toUni()
                .onItem().ifNull().failWith(() -> new PostHogNotFoundException(new ApiError(calls.account().name(), GET.name(),
                        404, "invalid_request", "not_found", "No feature flag has the key '" + key + "'.", "key",
                        null, Map.of())));
    }

    /**
     * Lists flags with a key. The result can contain other flags, because PostHog ignores the case, and older servers
     * only support the search, which also finds parts of keys.
     */
    private Multi<FeatureFlag> withKey(String key, boolean archived) {
        return flags().all(GET, Paging.ALL, () -> new Parameters(calls.mapper())
                .with("key", key)
                .with("search", key)
                .with("archived", archived ? true : null));
    }

    /** The body of the request that {@link #create} sends. */
    public ObjectNode createBody(NewFeatureFlag flag) {
        return changes.body(flag);
    }

    @Override
    public Uni<FeatureFlag> create(NewFeatureFlag flag) {
        return Uni.createFrom().item(() -> calls.body(createBody(flag)))
                .chain(body -> calls.read(CREATE, FeatureFlag.class, ApiCall.post(calls.inProject(FLAGS), body)));
    }

    /** A flag as PostHog sent it. */
    public Uni<ObjectNode> getJson(long id) {
        return calls.read(GET, ObjectNode.class, ApiCall.get(flag(id)));
    }

    /**
     * The body of the request that {@link #update} sends.
     *
     * @param current the flag as PostHog sent it
     * @throws IllegalArgumentException if the flag does not have the condition set of the rollout
     * @throws io.quarkiverse.posthog.PostHogConflictException if the flag does not have the expected version
     */
    public ObjectNode updateBody(FeatureFlagUpdate update, ObjectNode current) {
        return changes.body(update, current);
    }

    @Override
    public Uni<FeatureFlag> update(long id, FeatureFlagUpdate update) {
        if (update.rollout() == null && update.expectedVersion() == null) {
            return patch(UPDATE, id, () -> changes.body(update));
        }
        return getJson(id).chain(current -> patch(UPDATE, id, () -> updateBody(update, current)));
    }

    @Override
    public Uni<FeatureFlag> delete(long id) {
        // PostHog responds to the method DELETE with 405
        return patch(DELETE, id, () -> deleted(true))
                // Only flags with ordered rules require the version, for which the flag must be read
                .onFailure(FeatureFlagsClient::isVersionMissing)
                .recoverWithUni(() -> getJson(id).chain(current -> patch(DELETE, id,
                        () -> deleted(true).set(VERSION, current.path(VERSION)))))
                .onFailure(PostHogValidationException.class)
                .transform(failure -> toInUseException((PostHogValidationException) failure));
    }

    private static Throwable toInUseException(PostHogValidationException failure) {
        boolean inUse = failure.status() == 400 && IN_USE.matcher(failure.detail().orElse("")).find();
        return inUse ? new FeatureFlagInUseException(failure.error()) : failure;
    }

    @Override
    public Uni<FeatureFlag> restore(long id) {
        return patch(RESTORE, id, () -> deleted(false));
    }

    private static boolean isVersionMissing(Throwable failure) {
        return failure instanceof PostHogValidationException invalid && invalid.attr().filter(VERSION::equals).isPresent();
    }

    private ObjectNode deleted(boolean deleted) {
        return calls.mapper().createObjectNode().put("deleted", deleted);
    }

    private Uni<FeatureFlag> patch(Operation<PostHogApi> operation, long id, Supplier<ObjectNode> changes) {
        return Uni.createFrom().item(() -> calls.body(changes.get()))
                .chain(body -> calls.read(operation, FeatureFlag.class,
                        ApiCall.patch(flag(id), body)));
    }

    private ResourceList<FeatureFlag> flags() {
        return ResourceList.of(calls, calls.inProject(FLAGS), FeatureFlag.class, FeatureFlag::id);
    }

    private ApiPath flag(long id) {
        return calls.inProject(FLAG).with("id", id);
    }

    private Parameters parameters(FeatureFlagQuery query) {
        return new Parameters(calls.mapper())
                .with("search", query.search())
                .with("active", query.state() == null ? null : query.state().value())
                .with("type", query.type() == null ? null : query.type().value())
                .with("tags", query.tags())
                .with("archived", query.archived() ? true : null);
    }
}
