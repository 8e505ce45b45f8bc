package io.quarkiverse.posthog.runtime.lua;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.lua.ScriptError;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkiverse.posthog.lua.engine.LuaCompiler;
import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaSyntaxException;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkiverse.posthog.runtime.lua.LuaToJava.ConversionException;
import io.quarkiverse.posthog.runtime.lua.ScriptCalls.CallLimitException;

/** One run of a script, on one thread. */
final class ScriptRun {

    private static final Logger LOG = Logger.getLogger(ScriptRun.class);

    /** The name of the script in messages. */
    private static final String CHUNK = "script";

    private static final Pattern POSITION = Pattern.compile("^" + CHUNK + ":(\\d{1,9}): (?s:(.*))$");
    private static final Pattern TRACEBACK = Pattern.compile("^" + CHUNK + ":(\\d+): ");

    private static final int MAX_MESSAGE = 2_000;

    private final String source;
    private final ScriptLimits limits;
    private final ScriptDocumentation documentation;
    private final FunctionExecutor executor;
    private final Caller caller;
    private final boolean dryRun;
    private final CallWait wait;
    private final InstantSource clock;
    private final StringBuilder output = new StringBuilder();

    private volatile boolean cancelled;
    private volatile LuaState state;
    private ScriptCalls calls;
    private ScriptPrinter printer;

    ScriptRun(String source, ScriptLimits limits, ScriptOptions options, ScriptDocumentation documentation,
            FunctionExecutor executor, Caller caller, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.limits = limits;
        this.documentation = documentation;
        this.executor = executor.withMaxCharacters(limits.resultCharacters());
        this.dryRun = options.dryRun();
        ScriptApprover approver = new ScriptApprover(caller.approver());
        this.caller = new Caller(caller.session(), caller.identity(), approver);
        this.wait = new CallWait(approver);
    }

    /** Stops the script, also before it starts. Any thread can call this. */
    void cancel() {
        cancelled = true;
        LuaState running = state;
        if (running != null) {
            running.cancel();
        }
        wait.cancel();
    }

    /** Runs the script. Never fails. */
    ScriptResult run() {
        long start = System.nanoTime();
        List<JsonNode> values = List.of();
        ScriptError error = null;
        try {
            values = values();
        } catch (LuaSyntaxException e) {
            error = ScriptError.of("syntax", withoutPosition(LuaStrings.toJava(e.getMessage())), e.line());
        } catch (LuaError e) {
            error = error(e);
        } catch (LuaLimitException e) {
            error = ScriptError.of(type(e.kind()), e.getMessage(), line(e.traceback()));
        } catch (CallLimitException e) {
            error = ScriptError.of("call_limit", e.getMessage(), line(e.traceback()));
        } catch (ConversionException e) {
            error = ScriptError.of("runtime", "The script returned a value that is not JSON: " + e.getMessage(), null);
        } catch (ResultTooLongException e) {
            error = ScriptError.of("output_limit", e.getMessage(), null);
        } catch (StackOverflowError e) {
            error = ScriptError.of("memory_limit", "The script is nested too deeply.", null);
        } catch (RuntimeException e) {
            LOG.error("A script failed unexpectedly; its caller gets an error", e);
            error = ScriptError.of("internal", "The script failed unexpectedly. The log contains the reason.", null);
        }
        LuaState used = state;
        return new ScriptResult(output.toString(), values, error, calls == null ? List.of() : calls.log(),
                used == null ? 0 : used.stepsUsed(), used == null ? 0 : used.peakMemoryBytes(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** The values that a script returned are too long. */
    private static final class ResultTooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ResultTooLongException(int length, int limit) {
            super("The script printed and returned " + length + " characters, but the limit is " + limit + ". Return less.",
                    null, false, false);
        }
    }

    private List<JsonNode> values() {
        LuaState created = new LuaState(new LuaLimits(Long.MAX_VALUE, limits.cpu(), limits.time(), limits.memory(),
                limits.outputCharacters(), LuaLimits.DEFAULT.callDepth()), output::append, clock);
        state = created;
        if (cancelled) {
            created.cancel();
        }
        JsonMarks marks = new JsonMarks(created);
        printer = new ScriptPrinter(marks, limits.outputCharacters());
        printer.install(created);
        calls = new ScriptCalls(created, executor, caller, wait, dryRun, limits.calls(), marks);
        new FunctionNamespace(created, calls, new FunctionPaths(executor.catalog(), executor.accounts().keySet()), marks);
        created.globals().set("json", new JsonLibrary(marks).table(created));
        created.globals().set("regex", new RegexLibrary(marks).table(created));
        created.globals().set("docs", new DocsLibrary(documentation).table(created));
        Object[] returned = created.run(LuaCompiler.compile(source, CHUNK));
        List<JsonNode> values = new ArrayList<>();
        // The limits also apply to the conversion
        created.call(created.function("return", (of, arguments) -> values.addAll(json(returned, marks))), returned);
        return values;
    }

    private List<JsonNode> json(Object[] returned, JsonMarks marks) {
        List<JsonNode> values = new ArrayList<>();
        int length = output.length();
        for (Object value : returned) {
            String place = returned.length == 1 ? "result" : "result[" + (values.size() + 1) + "]";
            JsonNode json = Results.mapper().valueToTree(new LuaToJava(state, marks).convert(value, place, false));
            length += json.toString().length();
            if (length > limits.outputCharacters()) {
                throw new ResultTooLongException(length, limits.outputCharacters());
            }
            values.add(json);
        }
        return values;
    }

    private ScriptError error(LuaError error) {
        Integer line = line(error.traceback());
        ScriptError ofCall = calls == null ? null : calls.uncaught(error.value(), line);
        if (ofCall != null) {
            return ofCall;
        }
        String message = shown(error.value());
        Matcher position = POSITION.matcher(message);
        return position.matches() ? ScriptError.of("runtime", position.group(2), Integer.valueOf(position.group(1)))
                : ScriptError.of("runtime", message, line);
    }

    private String shown(Object value) {
        String text;
        try {
            text = value instanceof LuaTable ? LuaStrings.toJava(shownInScript(value))
                    : LuaStrings.toJava(LuaValues.toText(value));
        } catch (LuaError | LuaLimitException | CallLimitException e) {
            // The error of an error
            text = "error object is a " + LuaValues.typeName(value) + " value";
        }
        return shortened(text);
    }

    /** Shortens a text of an error, because the limit of the output does not apply to it. */
    static String shortened(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
    }

    /** A metamethod of the value can run, to which the limits apply. */
    private String shownInScript(Object value) {
        return (String) state.call(state.function("error",
                (caller, arguments) -> printer.shown(caller, arguments.get(1), MAX_MESSAGE)), value)[0];
    }

    private static String withoutPosition(String message) {
        Matcher position = POSITION.matcher(message);
        return position.matches() ? position.group(2) : message;
    }

    private static Integer line(String traceback) {
        return Optional.of(TRACEBACK.matcher(traceback)).filter(Matcher::find).map(found -> Integer.valueOf(found.group(1)))
                .orElse(null);
    }

    private static String type(LuaLimitException.Kind kind) {
        return switch (kind) {
            case DEADLINE -> "time_limit";
            case CANCELLED -> "cancelled";
            default -> kind.name().toLowerCase(Locale.ROOT) + "_limit";
        };
    }
}
