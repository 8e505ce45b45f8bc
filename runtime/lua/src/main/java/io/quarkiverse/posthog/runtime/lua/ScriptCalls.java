package io.quarkiverse.posthog.runtime.lua;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.lua.ScriptCall;
import io.quarkiverse.posthog.lua.ScriptError;
import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Problem;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionResult;
import io.quarkiverse.posthog.runtime.functions.docs.CallSyntax;

/** The calls of functions by a script: performs them, and converts results and errors to tables. */
final class ScriptCalls {

    private static final String FIELDS = "fields";
    private static final String FULL = "full";
    private static final String RETRY_AFTER = "retry_after";
    private static final int MAX_PATH = 200;

    /** A script that performs too many calls. */
    static final class CallLimitException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String traceback;

        CallLimitException(int limit, String traceback) {
            super("The script exceeded its limit of " + limit + " calls.", null, false, false);
            this.traceback = traceback;
        }

        String traceback() {
            return traceback;
        }
    }

    private final FunctionExecutor executor;
    private final Caller caller;
    private final CallWait wait;
    private final boolean dryRun;
    private final int maxCalls;
    private final JsonMarks marks;
    private final LuaTable errors;
    private final List<ScriptCall> log = new ArrayList<>();

    ScriptCalls(LuaState state, FunctionExecutor executor, Caller caller, CallWait wait, boolean dryRun, int maxCalls,
            JsonMarks marks) {
        this.executor = executor;
        this.caller = caller;
        this.wait = wait;
        this.dryRun = dryRun;
        this.maxCalls = maxCalls;
        this.marks = marks;
        this.errors = state.newTable();
        errors.set("__name", "error");
        errors.set("__tostring", state.function("__tostring", (of, arguments) -> message(arguments.get(1))));
        errors.set("__concat", state.function("__concat", ScriptCalls::concatenated));
    }

    private static Object message(Object error) {
        return error instanceof LuaTable table && table.get("message") instanceof String message ? message : "error";
    }

    private static Object concatenated(LuaState state, LuaArguments arguments) {
        String left = state.tostring(arguments.get(1));
        String right = state.tostring(arguments.get(2));
        state.allocate(left.length() + right.length() + 64L);
        return left + right;
    }

    List<ScriptCall> log() {
        return log;
    }

    /** Calls a function, and returns its result as a table. Raises an error in the script if it fails. */
    Object call(LuaState state, String path, FunctionDefinition function, Map<String, Object> arguments) {
        if (log.size() >= maxCalls) {
            throw new CallLimitException(maxCalls, state.raise(null).traceback());
        }
        if (function.parameter(FIELDS).isPresent()) {
            arguments.putIfAbsent(FIELDS, FULL);
        }
        if (dryRun && function.operation() == FunctionOperation.WRITE) {
            arguments.put(FunctionDefinition.DRY_RUN, true);
        }
        long start = System.nanoTime();
        String error = "cancelled";
        String account = null;
        FunctionResult result;
        try {
            result = wait.of(state, executor.execute(new FunctionCall(function.name(), arguments, caller)));
            error = result.isError() ? type(result.error()) : null;
            account = result.isError() ? result.error().account() : result.content().path("account").asText(null);
        } finally {
            log.add(new ScriptCall(shown(path), function.name(), account, Duration.ofNanos(System.nanoTime() - start), error));
        }
        if (result.isError()) {
            throw state.raise(table(state, result));
        }
        return new JsonToLua(state, marks).convert(result.content());
    }

    /** Raises the error of a call that was not performed. */
    Object fail(LuaState state, String path, FunctionDefinition function, FunctionError error) {
        if (log.size() >= maxCalls) {
            throw new CallLimitException(maxCalls, state.raise(null).traceback());
        }
        String name = function == null ? null : function.name();
        log.add(new ScriptCall(shown(path), name, null, Duration.ZERO, type(error)));
        throw state.raise(table(state, executor.failed(error, name)));
    }

    private static String shown(String path) {
        return path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "...";
    }

    static String type(FunctionError error) {
        return error.type().name().toLowerCase(Locale.ROOT);
    }

    private LuaTable table(LuaState state, FunctionResult result) {
        ObjectNode json = (ObjectNode) result.content().get("error");
        JsonNode seconds = json.remove("retry_after_seconds");
        if (seconds != null) {
            json.set(RETRY_AFTER, seconds);
        }
        json.put("message", json.path("message").asText() + examples(result.error()));
        LuaTable table = (LuaTable) new JsonToLua(state, marks).convert(json);
        table.setMetatable(errors);
        return table;
    }

    /** The expected types and examples of all problems, because scripts only show the message of an error. */
    private static String examples(FunctionError error) {
        return error.problems().isEmpty() ? ""
                : error.problems().stream().filter(problem -> problem.example() != null).limit(5).map(ScriptCalls::example)
                        .distinct().collect(Collectors.joining(", ", ". Example: ", ""));
    }

    private static String example(Problem problem) {
        return problem.field() + " = " + CallSyntax.luaLiteral(problem.example());
    }

    /**
     * Returns the error of a script that did not catch an error of a call; null if the value is another one. The script can
     * have changed all fields.
     */
    ScriptError uncaught(Object value, Integer line) {
        if (!(value instanceof LuaTable table) || table.metatable() != errors) {
            return null;
        }
        return new ScriptError(text(table, "type"), text(table, "message"), line, text(table, "operation"),
                text(table, "account"), table.get("status") instanceof Long status && status == status.intValue()
                        ? Integer.valueOf(status.intValue())
                        : null,
                table.get(RETRY_AFTER) instanceof Long seconds ? seconds : null, text(table, "field"), text(table, "hint"));
    }

    private static String text(LuaTable table, String field) {
        return table.get(field) instanceof String text ? ScriptRun.shortened(LuaStrings.toJava(text)) : null;
    }
}
