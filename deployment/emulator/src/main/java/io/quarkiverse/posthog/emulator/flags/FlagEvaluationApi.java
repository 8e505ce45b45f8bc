package io.quarkiverse.posthog.emulator.flags;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The endpoint that evaluates flags for clients, and the one that did so before. */
public final class FlagEvaluationApi {

    private static final String FLAGS = "/flags";
    private static final String DECIDE = "/decide";
    public static final List<String> PATHS = List.of(FLAGS, DECIDE);

    private final Project project;
    private final EmulatedFlagEvaluator evaluator;

    public FlagEvaluationApi(Project project) {
        this.project = project;
        this.evaluator = new EmulatedFlagEvaluator(project);
    }

    public void addTo(Router router) {
        router.post(FLAGS).handler(context -> send(context, flags(evaluate(context), version(context))));
        router.post(DECIDE).handler(context -> send(context, decision(evaluate(context), version(context))));
    }

    private FlagsResponseBody evaluate(RoutingContext context) {
        FlagsRequest request = FlagsRequest.of(ReceivedBody.of(context), context.request().headers(),
                project.apiToken());
        boolean quotaLimited = !request.disabled() && project.flagSettings().quotaLimited();
        return new FlagsResponseBody(project, requestId(context),
                request.disabled() || quotaLimited ? List.of() : evaluator.evaluate(request), quotaLimited);
    }

    private static ObjectNode flags(FlagsResponseBody answer, int version) {
        return version >= 3 ? answer.typed() : version == 2 ? answer.reasoned() : answer.values();
    }

    private static ObjectNode decision(FlagsResponseBody answer, int version) {
        return switch (version) {
            case 2 -> answer.valuesOfEnabled();
            case 3 -> answer.values();
            default -> version < 2 ? answer.keysOfEnabled() : answer.reasoned();
        };
    }

    private static int version(RoutingContext context) {
        return Stream.of("v", "version").map(context.queryParams()::get).filter(value -> value != null).findFirst()
                .map(value -> (int) ApiRequest.integer(value).orElse(1)).orElse(1);
    }

    private static UUID requestId(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("X-Request-Id")).flatMap(ApiRequest::uuid)
                .orElseGet(UUID::randomUUID);
    }

    private static void send(RoutingContext context, ObjectNode json) {
        EmulatorResponse.ok(json).send(context.response());
    }
}
