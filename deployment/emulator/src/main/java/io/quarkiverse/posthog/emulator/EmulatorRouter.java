package io.quarkiverse.posthog.emulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.emulator.api.AsyncQueries;
import io.quarkiverse.posthog.emulator.api.CohortsApi;
import io.quarkiverse.posthog.emulator.api.DashboardsApi;
import io.quarkiverse.posthog.emulator.api.EventsApi;
import io.quarkiverse.posthog.emulator.api.FeatureFlagsApi;
import io.quarkiverse.posthog.emulator.api.GroupsApi;
import io.quarkiverse.posthog.emulator.api.InsightsApi;
import io.quarkiverse.posthog.emulator.api.KeyAndProjectApi;
import io.quarkiverse.posthog.emulator.api.PersonsApi;
import io.quarkiverse.posthog.emulator.api.QueryApi;
import io.quarkiverse.posthog.emulator.api.ResourcesApi;
import io.quarkiverse.posthog.emulator.api.TaxonomyApi;
import io.quarkiverse.posthog.emulator.capture.CaptureApi;
import io.quarkiverse.posthog.emulator.capture.v1.CaptureV1Api;
import io.quarkiverse.posthog.emulator.control.ControlApi;
import io.quarkiverse.posthog.emulator.control.StartPage;
import io.quarkiverse.posthog.emulator.flags.DefinitionsApi;
import io.quarkiverse.posthog.emulator.flags.FlagEvaluationApi;
import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiKeyAuthenticator;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.CaptureV1Error;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.Faults;
import io.quarkiverse.posthog.emulator.http.OriginGuard;
import io.quarkiverse.posthog.emulator.http.RateLimits;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.http.RequestLog;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Creates the routes. Each request is recorded, may be affected by a fault, and then reaches its resource. */
final class EmulatorRouter {

    private static final Logger LOG = Logger.getLogger(EmulatorRouter.class);

    private final Project project;
    private final ApiKeyAuthenticator access;
    private final EmulatorOptions options;

    EmulatorRouter(Project project, EmulatorOptions options) {
        this.project = project;
        this.access = new ApiKeyAuthenticator(options.personalApiKey(), options.secureKey());
        this.options = options;
    }

    Router create(Vertx vertx) {
        Router router = Router.router(vertx);
        RequestLog log = new RequestLog(options.maxRequestBytes());
        Faults faults = new Faults();
        RateLimits rateLimits = new RateLimits();
        AsyncQueries queries = new AsyncQueries(project);
        router.route().handler(EmulatorRouter::addDateHeader);
        List<String> openPaths = openPaths();
        router.route().handler(new OriginGuard(Set.copyOf(openPaths), options.allowedHosts()));
        // Larger than the actual limits, so that a body that is too large gets PostHog's response
        router.route().handler(BodyHandler.create(false).setBodyLimit(4L * ReceivedBody.LIMIT));
        router.route().handler(ofApplication(log::record));
        router.route(CaptureV1Error.ROOT + "*").handler(CaptureV1Api::echoRequestId);
        router.route().handler(ofApplication(faults::apply));
        new StartPage(project, options.devUi(), openPaths).addTo(router);
        new ControlApi(project, options.seed(), options.maxStoredBytes(), access, log, faults, rateLimits, queries)
                .addTo(router);
        new CaptureApi(project).addTo(router);
        new CaptureV1Api(project).addTo(router);
        new FlagEvaluationApi(project).addTo(router);
        new DefinitionsApi(project, access, rateLimits).addTo(router);
        ApiRoutes routes = new ApiRoutes(router, access, rateLimits, project.id(), project.apiToken());
        ResourcesApi resources = new ResourcesApi(project);
        // The first routes, because the router loses an earlier 405 if a later route passes the request on
        resources.addOthersTo(routes);
        new KeyAndProjectApi(project).addTo(routes);
        new EventsApi(project).addTo(routes);
        new PersonsApi(project).addTo(routes);
        new FeatureFlagsApi(project).addTo(routes);
        new InsightsApi(project, queries).addTo(routes);
        new DashboardsApi(project).addTo(routes);
        new CohortsApi(project).addTo(routes);
        new TaxonomyApi(project).addTo(routes);
        new QueryApi(project, queries).addTo(routes);
        new GroupsApi(project).addTo(routes);
        resources.addTo(routes);
        // Without this handler, Vert.x logs each request without a Host header as an error
        router.errorHandler(400, context -> EmulatorResponse.text(400, "Bad Request").send(context.response()));
        router.errorHandler(404, context -> send(ApiException.notFound(), context));
        router.errorHandler(405, this::methodNotAllowed);
        router.errorHandler(413, context -> EmulatorResponse.text(413, "request is too large").send(context.response()));
        router.errorHandler(500, this::failed);
        return router;
    }

    /** Adds the header that PostHog's servers send. A fault may replace it. */
    private static void addDateHeader(RoutingContext context) {
        context.response().putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC)));
        context.next();
    }

    /** The paths that applications in a browser use. */
    private static List<String> openPaths() {
        return Stream.of(CaptureApi.PATHS, List.of(CaptureV1Api.PATH), FlagEvaluationApi.PATHS).flatMap(List::stream).toList();
    }

    /** Excludes the requests of tests and developers from the log and from faults. */
    private static Handler<RoutingContext> ofApplication(Handler<RoutingContext> handler) {
        return context -> {
            String path = context.request().path();
            if (path.startsWith(ControlApi.PREFIX) || StartPage.PATHS.contains(path)) {
                context.next();
            } else {
                handler.handle(context);
            }
        };
    }

    /** Checks the key before the method, as PostHog does. */
    private void methodNotAllowed(RoutingContext context) {
        try {
            if (context.request().path().startsWith("/api/")) {
                access.authenticate(context);
            }
            send(ApiException.methodNotAllowed(context.request().method().name()), context);
        } catch (ApiException e) {
            send(e, context);
        }
    }

    private void failed(RoutingContext context) {
        if (context.failure() instanceof ApiException e) {
            send(e, context);
        } else {
            LOG.debugf(context.failure(), "%s %s failed", context.request().method(), context.request().path());
            send(ApiException.serverError(), context);
        }
    }

    private static void send(ApiException e, RoutingContext context) {
        e.response().send(context.response());
    }
}
