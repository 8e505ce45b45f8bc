package org.acme;

import java.time.Duration;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.smallrye.mutiny.Uni;

class Scripts {

    // tag::run[]
    @Inject
    PostHogScripts scripts;

    Uni<JsonNode> report(String script) {
        return scripts.run(script, ScriptOptions.create().cpuLimit(Duration.ofSeconds(5)))
                .map(result -> {
                    if (!result.isSuccess()) { // <1>
                        throw new IllegalStateException("Line " + result.error().line() + ": " + result.error().message());
                    }
                    return result.value(); // <2>
                });
    }
    // end::run[]
}
