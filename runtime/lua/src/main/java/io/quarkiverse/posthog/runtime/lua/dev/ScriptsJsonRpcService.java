package io.quarkiverse.posthog.runtime.lua.dev;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;
import io.quarkiverse.posthog.runtime.lua.ScriptRunner;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Runs scripts from the Dev UI. The developer who presses the button approves the calls. */
public class ScriptsJsonRpcService {

    private static final Approver DEVELOPER = request -> Uni.createFrom().item(Answer.ONCE);

    private final ScriptRunner scripts;

    @Inject
    public ScriptsJsonRpcService(ScriptRunner scripts) {
        this.scripts = scripts;
    }

    @NonBlocking
    @JsonRpcDescription("Runs a script in Lua, which calls functions of PostHog, and returns its output, result and calls")
    public Uni<JsonObject> run(@JsonRpcDescription("The Lua code") String code,
            @JsonRpcDescription("Whether changes are only described") boolean dryRun,
            @JsonRpcDescription("The maximum computing time in seconds, or 0 for the configured one") int cpuLimit,
            @JsonRpcDescription("The maximum memory in bytes, or 0 for the configured one") int memoryLimit) {
        ScriptOptions options;
        try {
            options = new ScriptOptions(dryRun, cpuLimit == 0 ? null : Duration.ofSeconds(cpuLimit),
                    memoryLimit == 0 ? null : Long.valueOf(memoryLimit));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(e);
        }
        Caller developer = new Caller("dev-ui", Optional.empty(), DEVELOPER);
        return scripts.run(code, options, scripts.functions(), developer)
                .map(result -> new JsonObject(result.toJson().toString()));
    }

    @NonBlocking
    @JsonRpcDescription("Returns the limits of a script: seconds, bytes and calls")
    public JsonObject limits() {
        return new JsonObject(scripts.describeLimits().toString());
    }

    @NonBlocking
    @JsonRpcDescription("Returns a page of the documentation of scripts, such as overview")
    public String documentation(@JsonRpcDescription("The name of the page") String page) {
        return scripts.documentation().page(page).orElseGet(() -> scripts.documentation().unknownPage(page));
    }
}
