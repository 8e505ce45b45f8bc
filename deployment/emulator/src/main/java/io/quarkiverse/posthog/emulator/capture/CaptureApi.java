package io.quarkiverse.posthog.emulator.capture;

import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.http.ServiceJson;
import io.quarkiverse.posthog.emulator.store.Delivery;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The endpoints that take events from clients, version 0 of the protocol; AI events have one of their own. */
public final class CaptureApi {

    private static final String BATCH = "/batch";
    public static final List<String> PATHS = List.of(BATCH, AiEventValidator.PATH, "/capture", "/e", "/track", "/engage",
            "/i/v0/e");
    private static final Set<String> FOR_BATCHES = Set.of(BATCH, AiEventValidator.PATH);
    /** What a request may have anywhere but at {@link #FOR_BATCHES}. */
    private static final int SINGLE_LIMIT = 2 * 1024 * 1024;
    private static final String FORM_FIELD = "data=";

    private final Project project;
    private final CaptureParser parser;
    private final Ingestion ingestion;

    public CaptureApi(Project project) {
        this.project = project;
        this.parser = new CaptureParser(project.apiToken());
        this.ingestion = new Ingestion(project);
    }

    public void addTo(Router router) {
        PATHS.forEach(path -> router.post(path).handler(this::capture));
    }

    private void capture(RoutingContext context) {
        try {
            accept(context);
            boolean beacon = "1".equals(context.queryParams().get("beacon"));
            (beacon ? EmulatorResponse.empty(204) : EmulatorResponse.ok(EmulatorJson.object().put("status", 1)))
                    .send(context.response());
        } catch (CaptureException e) {
            EmulatorResponse.text(e.status(), e.getMessage()).send(context.response());
        }
    }

    private void accept(RoutingContext context) {
        ReceivedBody body = ReceivedBody.of(context);
        body.problem().ifPresent(problem -> {
            throw new CaptureException(problem.status(), problem.message());
        });
        Delivery delivery = DeliveryFactory.of(context);
        if (body.size() > SINGLE_LIMIT && !FOR_BATCHES.contains(delivery.endpoint())) {
            throw new CaptureException(413, "request is larger than " + SINGLE_LIMIT + " bytes");
        }
        parser.parse(text(body), sentAt(context), project.now(), delivery).forEach(ingestion::ingest);
    }

    /** Returns the time in the query at which a browser sent the request by its clock, in milliseconds. */
    private static Optional<Instant> sentAt(RoutingContext context) {
        return Stream.of("sent_at", "_").map(context.queryParams()::get).filter(Objects::nonNull)
                .flatMap(millis -> ApiRequest.integer(millis).stream().boxed()).map(Instant::ofEpochMilli).findFirst();
    }

    /** Old clients send a form with one field, in which the JSON may be in Base64. */
    private static String text(ReceivedBody received) {
        try {
            String body = received.utf8();
            if (!body.startsWith(FORM_FIELD)) {
                return body;
            }
            String field = body.substring(FORM_FIELD.length()).split("&", 2)[0];
            String data = URLDecoder.decode(field, StandardCharsets.UTF_8);
            return data.startsWith("{") || data.startsWith("[") ? data
                    : ServiceJson.decode(Base64.getDecoder().decode(data));
        } catch (CharacterCodingException e) {
            throw new CaptureException(400, "failed to parse request: the body is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw new CaptureException(400, "failed to decode form: " + e.getMessage());
        }
    }
}
