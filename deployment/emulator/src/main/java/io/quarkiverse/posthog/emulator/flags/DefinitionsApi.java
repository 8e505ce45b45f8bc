package io.quarkiverse.posthog.emulator.flags;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.http.ApiKey;
import io.quarkiverse.posthog.emulator.http.ApiKeyAuthenticator;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.FlagsError;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.http.RateLimits;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Returns flag definitions to clients for local evaluation. */
public final class DefinitionsApi {

    private static final int ETAG_BYTES = 16;

    private final Project project;
    private final ApiKeyAuthenticator access;
    private final RateLimits rateLimits;
    private final DefinitionsWriter writer;

    public DefinitionsApi(Project project, ApiKeyAuthenticator access, RateLimits rateLimits) {
        this.project = project;
        this.access = access;
        this.rateLimits = rateLimits;
        this.writer = new DefinitionsWriter(project);
    }

    public void addTo(Router router) {
        router.get("/flags/definitions").handler(context -> deliver(context, true));
        // The endpoint of older clients, for which the key can select the project
        router.get("/api/feature_flag/local_evaluation").handler(context -> deliver(context, false));
    }

    private void deliver(RoutingContext context, boolean needsToken) {
        String token = context.queryParams().get("token");
        if (token == null && needsToken) {
            throw FlagsError.badRequest("Failed to deserialize query string: missing field `token`");
        } else if (token != null && !token.equals(project.apiToken())) {
            throw FlagsError.invalidToken();
        }
        ApiKey key = authenticate(context);
        if (rateLimits.count(RateLimitGroup.FLAG_DEFINITIONS, key) > 0) {
            throw FlagsError.rateLimited();
        } else if (project.flagSettings().quotaLimited()) {
            throw FlagsError.quotaLimited();
        }
        JsonNode definitions = writer.forClients();
        String etag = etag(definitions);
        boolean known = etag.equals(plain(context.request().getHeader("If-None-Match")));
        EmulatorResponse answer = known ? EmulatorResponse.empty(304) : EmulatorResponse.ok(definitions);
        answer.with(Map.of("ETag", "W/\"" + etag + "\"", "Cache-Control", "private, must-revalidate"))
                .send(context.response());
    }

    private ApiKey authenticate(RoutingContext context) {
        String value = ApiKeyAuthenticator.bearer(context).orElseThrow(FlagsError::unauthenticated);
        ApiKey key = access.find(value).orElseThrow(() -> FlagsError.invalidKey(value.startsWith("phs_")));
        if (!key.allows("feature_flag:read")) {
            throw FlagsError.missingScope();
        }
        return key;
    }

    /** Returns a value that changes with any data that a client needs. */
    private static String etag(JsonNode definitions) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(definitions.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ETAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An ETag without its quotes, weak or not. */
    private static String plain(String etag) {
        return etag == null ? null : etag.trim().replaceFirst("^W/", "").replace("\"", "");
    }
}
