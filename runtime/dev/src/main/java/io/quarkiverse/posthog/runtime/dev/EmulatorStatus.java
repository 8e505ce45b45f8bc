package io.quarkiverse.posthog.runtime.dev;

import java.net.URI;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Reads the status of emulators. They run in the build process, whose classes are not visible to the application. */
final class EmulatorStatus {

    private static final String PATH = "/_emulator/";
    private static final int TIMEOUT_MILLIS = 5_000;

    private final HttpClient client;

    EmulatorStatus(Vertx vertx) {
        this.client = vertx.createHttpClient();
    }

    Uni<EmulatorView> read(URI emulator) {
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.GET).setTimeout(TIMEOUT_MILLIS)
                .setAbsoluteURI(emulator.resolve(PATH).toString());
        return Uni.createFrom().completionStage(() -> client.request(request).compose(HttpClientRequest::send)
                .compose(EmulatorStatus::body).map(EmulatorStatus::view).toCompletionStage());
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.statusCode() == 200 ? response.body()
                : Future.failedFuture("The PostHog emulator responded with status " + response.statusCode());
    }

    private static EmulatorView view(Buffer body) {
        JsonObject status = body.toJsonObject();
        JsonObject counts = status.getJsonObject("counts");
        JsonObject storage = status.getJsonObject("storage");
        return new EmulatorView(storage.getLong("bytes"), storage.getLong("maxBytes"), counts.getLong("events"),
                storage.getLong("evictedEvents"), counts.getLong("persons"), storage.getLong("evictedPersons"));
    }

    void close() {
        client.close();
    }
}
