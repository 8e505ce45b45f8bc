package io.quarkiverse.posthog.runtime.lua.mcp;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionDocumentation;
import io.quarkiverse.posthog.runtime.lua.LuaConfig;
import io.quarkiverse.posthog.runtime.lua.LuaConfig.McpMode;
import io.quarkiverse.posthog.runtime.lua.ScriptRunner;
import io.quarkiverse.posthog.runtime.mcp.AdditionalTool;
import io.quarkiverse.posthog.runtime.mcp.AdditionalTool.Result;
import io.quarkiverse.posthog.runtime.mcp.AdditionalTools;
import io.smallrye.mutiny.Uni;

/** The tools with which MCP clients run scripts. Scripts have the accounts, the policy and the masks of the client's calls. */
@Singleton
public class LuaTools implements AdditionalTools {

    private static final String CODE = "code";
    private static final String CPU_LIMIT = "cpu_limit";
    private static final String MEMORY_LIMIT = "memory_limit";

    private static final int MAX_SECONDS = 3_600;

    private final LuaConfig config;
    private final ScriptRunner scripts;
    private final FunctionExecutor executor;
    private final List<AdditionalTool> tools;

    @Inject
    public LuaTools(LuaConfig config, ScriptRunner scripts, FunctionExecutor executor) {
        this.config = config;
        this.scripts = scripts;
        this.executor = executor;
        this.tools = List.of(
                new AdditionalTool("lua_list_docs", "List the documentation of scripts",
                        "Lists the namespaces and guides for execute_lua, or the functions of a namespace.", Effect.READ,
                        List.of(optional("namespace", ParameterType.STRING, FunctionDocumentation.PAGE,
                                "A namespace, for its functions.").maxLength(100)),
                        this::list),
                new AdditionalTool("lua_search_docs", "Search the documentation of scripts",
                        "Finds functions and guides for execute_lua.", Effect.READ,
                        List.of(required("query", ParameterType.STRING, "feature flag", "Words.").maxLength(200),
                                optional("limit", ParameterType.INTEGER, FunctionDocumentation.MAX_MATCHES,
                                        "Most functions to return.").between(1, 50)
                                        .withDefault(FunctionDocumentation.MAX_MATCHES)),
                        this::search),
                new AdditionalTool("lua_read_doc", "Read the documentation of scripts",
                        "Returns a page: integrations.posthog, integrations.posthog.<function>, or the guides overview, examples, "
                                + "errors and json.",
                        Effect.READ,
                        List.of(required("page", ParameterType.STRING, "overview", "The name of the page.").maxLength(200)),
                        this::read),
                new AdditionalTool("execute_lua", "Run a Lua script",
                        "Runs Lua code in a sandbox. PostHog is app.integrations.posthog.<function>({...}); read the page overview "
                                + "first. Use it to combine, filter and count many calls, and return only what is needed. "
                                + "Use dry_run to try changes.",
                        Effect.ANY,
                        List.of(required(CODE, ParameterType.STRING, "return 1 + 1", "The script."),
                                optional(FunctionDefinition.DRY_RUN, ParameterType.BOOLEAN, true,
                                        "true to validate changes without sending them.").withDefault(false),
                                optional(CPU_LIMIT, ParameterType.INTEGER, 10, "Seconds of computing time.")
                                        .between(1, MAX_SECONDS),
                                optional(MEMORY_LIMIT, ParameterType.INTEGER, 16_000_000, "Bytes of memory.")
                                        .between(1, Integer.MAX_VALUE)),
                        this::execute));
    }

    @Override
    public List<AdditionalTool> tools() {
        return config.mcp().mode() == McpMode.TOOLS ? List.of() : tools;
    }

    @Override
    public boolean replaceFunctions() {
        return config.mcp().mode() == McpMode.CODE;
    }

    private Uni<Result> list(Arguments arguments, Caller caller) {
        return text(scripts.documentation().list(arguments.textOrNull("namespace")));
    }

    private Uni<Result> search(Arguments arguments, Caller caller) {
        return text(scripts.documentation().search(arguments.text("query").orElseThrow(), arguments.number("limit")));
    }

    private Uni<Result> read(Arguments arguments, Caller caller) {
        String name = arguments.text("page").orElseThrow();
        Optional<String> page = scripts.documentation().page(name);
        return page.isPresent() ? text(page.get())
                : Uni.createFrom().item(result(true, scripts.documentation().unknownPage(name)));
    }

    private static Uni<Result> text(String markdown) {
        return Uni.createFrom().item(result(false, markdown));
    }

    private static Result result(boolean error, String markdown) {
        return new Result(error, markdown, JsonNodeFactory.instance.objectNode().put(error ? "error" : "markdown", markdown));
    }

    private Uni<Result> execute(Arguments arguments, Caller caller) {
        ScriptOptions options = new ScriptOptions(arguments.isTrue(FunctionDefinition.DRY_RUN),
                arguments.integer(CPU_LIMIT).map(Duration::ofSeconds).orElse(null),
                arguments.integer(MEMORY_LIMIT).orElse(null));
        return scripts.run(arguments.text(CODE).orElseThrow(), options, executor, caller)
                .map(result -> Result.json(!result.isSuccess(), result.toJson()));
    }
}
