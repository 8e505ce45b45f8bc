package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Repeat;
import io.quarkiverse.posthog.runtime.rest.PageResponse;
import io.quarkiverse.posthog.runtime.rest.Pages;
import io.quarkiverse.posthog.runtime.rest.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Feature flag management over PostHog's REST API. */
public final class FeatureFlagsClient implements FeatureFlags {

    private static final Operation LIST = Operation.read("featureFlags.list", Limit.MANAGEMENT);
    private static final Operation PAGE = Operation.read("featureFlags.page", Limit.MANAGEMENT);
    private static final Operation GET = Operation.read("featureFlags.get", Limit.MANAGEMENT);
    private static final Operation CREATE = Operation.write("featureFlags.create", Limit.MANAGEMENT);
    private static final Operation UPDATE = Operation.write("featureFlags.update", Limit.MANAGEMENT);
    /** Deleting or restoring twice is the same as once. */
    private static final Operation DELETE = new Operation("featureFlags.delete", Limit.MANAGEMENT, Repeat.SAFE);
    private static final Operation RESTORE = new Operation("featureFlags.restore", Limit.MANAGEMENT, Repeat.SAFE);

    private final ApiCalls calls;
    private final ObjectMapper mapper;
    private final FlagChanges changes;

    public FeatureFlagsClient(ApiCalls calls, ObjectMapper mapper) {
        this.calls = calls;
        this.mapper = mapper;
        this.changes = new FlagChanges(mapper, calls.account().name(), UPDATE);
    }

    @Override
    public Multi<FeatureFlag> list(FeatureFlagQuery query) {
        return walk(LIST, query.paging(), parameters(query));
    }

    @Override
    public Uni<Page<FeatureFlag>> page(FeatureFlagQuery query) {
        return fetch(PAGE, parameters(query)).map(PageResponse::toPage);
    }

    @Override
    public Uni<FeatureFlag> get(long id) {
        return calls.api(GET, api -> api.getFeatureFlag(project(), id));
    }

    @Override
    public Uni<FeatureFlag> get(String key) {
        if (key == null || key.isBlank()) {
            return Uni.createFrom().failure(() -> new IllegalArgumentException("The key of a feature flag must not be blank"));
        }
        return Multi.createBy().concatenating().streams(withKey(key, false), withKey(key, true))
                .filter(flag -> flag.key().equals(key))
                .select().first()
                .toUni()
                .onItem().ifNull().failWith(() -> new PostHogNotFoundException(new ApiError(calls.account().name(), GET.name(),
                        404, "invalid_request", "not_found", "There is no feature flag with the key '" + key + "'.", "key",
                        null)));
    }

    /** PostHog compares keys without regard to case; older servers know only the search, which finds parts of keys too. */
    private Multi<FeatureFlag> withKey(String key, boolean archived) {
        return walk(GET, Paging.ALL, new Parameters(mapper)
                .with("key", key)
                .with("search", key)
                .with("archived", archived ? true : null)
                .with(Paging.ALL)
                .toMap());
    }

    @Override
    public Uni<FeatureFlag> create(NewFeatureFlag flag) {
        return calls.api(CREATE, api -> api.createFeatureFlag(project(), changes.body(flag)));
    }

    @Override
    public Uni<FeatureFlag> update(long id, FeatureFlagUpdate update) {
        if (update.rollout() == null && update.expectedVersion() == null) {
            return patch(UPDATE, id, changes.body(update));
        }
        return calls.api(GET, api -> api.getRawFeatureFlag(project(), id))
                .chain(current -> patch(UPDATE, id, changes.body(update, current)));
    }

    @Override
    public Uni<FeatureFlag> delete(long id) {
        // DELETE answers 405. A refusal for any other reason than a dependency is not possible with nothing else in the body
        return patch(DELETE, id, mapper.createObjectNode().put("deleted", true))
                .onFailure(PostHogValidationException.class)
                .transform(failure -> inUse((PostHogValidationException) failure));
    }

    private Throwable inUse(PostHogValidationException failure) {
        if (failure.status() != 400) {
            return failure;
        }
        return new FeatureFlagInUseException(new ApiError(failure.account(), failure.operation(), failure.status(),
                failure.type().orElse(null), failure.code().orElse(null), failure.detail().orElse(null),
                failure.attr().orElse(null), null));
    }

    @Override
    public Uni<FeatureFlag> restore(long id) {
        return patch(RESTORE, id, mapper.createObjectNode().put("deleted", false));
    }

    private Uni<FeatureFlag> patch(Operation operation, long id, ObjectNode body) {
        return calls.api(operation, api -> api.updateFeatureFlag(project(), id, body));
    }

    private Multi<FeatureFlag> walk(Operation operation, Paging paging, Map<String, String> first) {
        return new Pages<>(calls, operation, FeatureFlag::id, parameters -> fetch(operation, parameters)).walk(paging, first);
    }

    private Uni<PageResponse<FeatureFlag>> fetch(Operation operation, Map<String, String> parameters) {
        return calls.api(operation, api -> api.listFeatureFlags(project(), parameters));
    }

    private String project() {
        return calls.account().projectId();
    }

    private Map<String, String> parameters(FeatureFlagQuery query) {
        return new Parameters(mapper)
                .with("search", query.search())
                .with("active", query.state() == null ? null : query.state().value())
                .with("type", query.type() == null ? null : query.type().value())
                .with("tags", query.tags())
                .with("archived", query.archived() ? true : null)
                .with(query.paging())
                .toMap();
    }
}
