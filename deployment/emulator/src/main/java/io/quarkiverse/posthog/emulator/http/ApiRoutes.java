package io.quarkiverse.posthog.emulator.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Registers handlers of the private API, which require a key, scopes, a rate limit and a project. */
public final class ApiRoutes {

    private static final String PROJECTS = "/api/projects/:project";
    private static final String ENVIRONMENTS = "/api/environments/:project";

    private final Router router;
    private final ApiKeyAuthenticator access;
    private final RateLimits rateLimits;
    private final String projectId;
    private final String projectToken;

    public ApiRoutes(Router router, ApiKeyAuthenticator access, RateLimits rateLimits, long projectId, String projectToken) {
        this.router = router;
        this.access = access;
        this.rateLimits = rateLimits;
        this.projectId = Long.toString(projectId);
        this.projectToken = projectToken;
    }

    /** Routes of one resource: they share the throttle and the required scopes. */
    public Resource resource(RateLimitGroup rateClass, String... scopes) {
        return new Resource(rateClass, List.of(scopes));
    }

    /** Adds routes below a project, and below its deprecated alias. */
    public final class Resource {

        private final RateLimitGroup rateClass;
        private final List<String> scopes;
        private boolean takesSecureKey;
        private Predicate<RoutingContext> condition;

        private Resource(RateLimitGroup rateClass, List<String> scopes) {
            this.rateClass = rateClass;
            this.scopes = scopes;
        }

        /** Also accepts the secure key of the project. */
        public Resource orSecureKey() {
            takesSecureKey = true;
            return this;
        }

        /** Leaves requests that do not meet the condition to the other routes, before their key is checked. */
        public Resource servedIf(Predicate<RoutingContext> required) {
            condition = required;
            return this;
        }

        public Resource get(String path, Function<ApiRequest, EmulatorResponse> handler) {
            return on("GET", path, handler);
        }

        public Resource post(String path, Function<ApiRequest, EmulatorResponse> handler) {
            return on("POST", path, handler);
        }

        public Resource patch(String path, Function<ApiRequest, EmulatorResponse> handler) {
            return on("PATCH", path, handler);
        }

        /** Rejects DELETE of a resource that supports only soft deletion, like PostHog without its error envelope. */
        public Resource rejectDelete(String path) {
            return on("DELETE", path, request -> EmulatorResponse.empty(405));
        }

        public Resource on(String method, String path, Function<ApiRequest, EmulatorResponse> handler) {
            route(method, PROJECTS + path, context -> {
                requireProject(context);
                return handler.apply(new ApiRequest(context));
            });
            route(method, ENVIRONMENTS + path, context -> {
                requireProject(context);
                String successor = context.request().path().replaceFirst("^/api/environments/", "/api/projects/");
                return handler.apply(new ApiRequest(context)).with("Deprecation", "true")
                        .with("Link", "<" + successor + ">; rel=\"successor-version\"");
            });
            return this;
        }

        /** A route outside of any project. */
        public Resource global(String path, Function<ApiRequest, EmulatorResponse> handler) {
            route("GET", path, context -> handler.apply(new ApiRequest(context)));
            return this;
        }

        private void route(String method, String path, Function<RoutingContext, EmulatorResponse> handler) {
            // A condition also covers the method. Otherwise, the router would reject other methods of a path with 405
            Route route = condition == null ? router.route(HttpMethod.valueOf(method), path) : router.route(path);
            route.handler(context -> {
                if (condition != null && !(context.request().method().name().equals(method) && condition.test(context))) {
                    context.next();
                    return;
                }
                ApiKey key = authenticate(context);
                scopes.stream().filter(scope -> !key.allows(scope)).findFirst().ifPresent(scope -> {
                    throw ApiException.missingScope(scope);
                });
                rateLimits.check(rateClass, key);
                ApiRequest.authenticated(context, key);
                handler.apply(context).send(context.response());
            });
        }

        private ApiKey authenticate(RoutingContext context) {
            ApiKey secure = access.secureKey();
            return takesSecureKey && ApiKeyAuthenticator.bearer(context).filter(secure.value()::equals).isPresent() ? secure
                    : access.authenticate(context);
        }
    }

    /** A project token in the parameters overrides the project in the path. */
    private void requireProject(RoutingContext context) {
        for (String name : List.of("token", "api_key")) {
            String token = context.queryParams().get(name);
            if (token != null && !token.equals(projectToken)) {
                throw ApiException.authenticationFailed("Project API key invalid.");
            } else if (token != null) {
                return;
            }
        }
        String project = context.pathParam("project");
        if (!"@current".equals(project) && !projectId.equals(project)) {
            throw ApiException.notFound("Project not found.");
        }
    }
}
