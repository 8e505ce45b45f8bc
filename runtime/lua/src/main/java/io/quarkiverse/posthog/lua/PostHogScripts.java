package io.quarkiverse.posthog.lua;

import io.smallrye.mutiny.Uni;

/**
 * Runs scripts in Lua, which call the functions of PostHog in the namespace {@code app.integrations.posthog}.
 *
 * <pre>{@code
 * @Inject
 * PostHogScripts scripts;
 *
 * Uni<ScriptResult> flags = scripts.run("return app.integrations.posthog.posthog_list_feature_flags({ limit = 10 })");
 * }</pre>
 * <p>
 * A script can only call these functions: it has no access to files, the network, Java classes or other scripts. Its time,
 * memory, calls and output are limited by {@code quarkus.posthog.lua.limits.*}, and its calls by the policy in
 * {@code quarkus.posthog.lua.read} and {@code write}, and by the beans of type
 * {@link io.quarkiverse.posthog.functions.FunctionAuthorizer}.
 */
public interface PostHogScripts {

    /** Runs a script with the configured limits. */
    default Uni<ScriptResult> run(String source) {
        return run(source, ScriptOptions.create());
    }

    /**
     * Runs a script on a worker thread. Each subscription runs it again, and returns at once, also on an event loop.
     * Cancelling the subscription stops the script.
     *
     * @param source the Lua code
     * @return completes with the result, which contains the error if the script failed. Never fails.
     */
    Uni<ScriptResult> run(String source, ScriptOptions options);
}
