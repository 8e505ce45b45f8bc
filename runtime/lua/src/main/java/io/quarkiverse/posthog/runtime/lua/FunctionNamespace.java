package io.quarkiverse.posthog.runtime.lua;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.lua.LuaToJava.ConversionException;

/**
 * The namespace {@code app}. Each index is a table of its own, which nothing checks before it is called: then its path selects
 * the function and the account.
 */
final class FunctionNamespace {

    private static final String ROOT = "app";
    private static final int MAX_PATH = 1_000;
    private static final String PATH = "__path";

    private final ScriptCalls calls;
    private final FunctionPaths paths;
    private final JsonMarks marks;
    private final LuaFunction index;
    private final LuaFunction call;
    private final LuaFunction text;

    FunctionNamespace(LuaState state, ScriptCalls calls, FunctionPaths paths, JsonMarks marks) {
        this.calls = calls;
        this.paths = paths;
        this.marks = marks;
        this.index = state.function(ROOT, this::index);
        this.call = state.function(ROOT, this::call);
        this.text = state.function(ROOT, (caller, arguments) -> path(arguments.get(1)));
        attach(state, state.globals(), ROOT, ROOT);
    }

    /** The path is in the metatable, which scripts cannot read. */
    private LuaTable attach(LuaState state, LuaTable parent, String name, String path) {
        LuaTable table = state.newTable();
        parent.set(name, table);
        LuaTable metatable = state.newTable();
        table.setMetatable(metatable);
        state.allocate(path.length() + 64L);
        metatable.set(PATH, path);
        metatable.set("__index", index);
        metatable.set("__call", call);
        metatable.set("__tostring", text);
        metatable.set("__metatable", ROOT);
        return table;
    }

    private static String path(Object table) {
        return table instanceof LuaTable proxy && proxy.metatable() != null
                && proxy.metatable().get(PATH) instanceof String path ? path : ROOT;
    }

    private Object index(LuaState state, LuaArguments arguments) {
        if (!(arguments.get(1) instanceof LuaTable parent) || !(arguments.get(2) instanceof String name)) {
            throw state.error("the name after " + LuaStrings.toJava(path(arguments.get(1))) + " must be a string, but is a "
                    + LuaValues.typeName(arguments.get(2)) + " value");
        }
        String prefix = path(parent);
        if (prefix.length() + name.length() >= MAX_PATH) {
            throw state.error("the path is longer than " + MAX_PATH + " characters");
        }
        return attach(state, parent, name, prefix + "." + name);
    }

    private Object call(LuaState state, LuaArguments arguments) {
        String path = LuaStrings.toJava(path(arguments.get(1)));
        FunctionPaths.Target target;
        Map<String, Object> values;
        try {
            target = paths.find(path);
        } catch (FunctionException e) {
            return calls.fail(state, path, null, e.error());
        }
        FunctionDefinition function = target.function();
        try {
            values = arguments(state, function, arguments);
        } catch (ConversionException e) {
            return calls.fail(state, path, function, FunctionError.of(Type.VALIDATION, e.getMessage()).field(e.place())
                    .hint("Correct the arguments and call the function again."));
        }
        if (target.account().isPresent()) {
            Object other = values.put(FunctionDefinition.ACCOUNT, target.account().get());
            if (other != null && !other.equals(target.account().get())) {
                return calls.fail(state, path, function, FunctionError.of(Type.VALIDATION,
                        "the argument account differs from the account in " + path).field(FunctionDefinition.ACCOUNT)
                        .hint("Omit the argument."));
            }
        }
        return calls.call(state, path, function, values);
    }

    private Map<String, Object> arguments(LuaState state, FunctionDefinition function, LuaArguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<FunctionParameter> parameters = function.parameters();
        if (arguments.count() == 2 && arguments.get(2) instanceof LuaTable table && !marks.isNull(table)) {
            for (int position = table.next(0); position != LuaTable.END; position = table.next(position)) {
                if (!(table.keyAt(position) instanceof String key)) {
                    throw new ConversionException("arguments", "the arguments of " + function.name()
                            + " must have names, but one has the key "
                            + LuaStrings.toJava(LuaValues.toText(table.keyAt(position)))
                            + "; pass a table with the names of the parameters, or several values");
                }
                String name = LuaStrings.toJava(key);
                boolean list = function.parameter(name).filter(parameter -> parameter.type() == ParameterType.STRINGS)
                        .isPresent();
                values.put(name, new LuaToJava(state, marks).convert(table.valueAt(position), name, list));
            }
            return values;
        }
        if (arguments.count() - 1 > parameters.size()) {
            throw new ConversionException("arguments", function.name() + " has " + parameters.size()
                    + " parameters, but is called with " + (arguments.count() - 1) + " arguments");
        }
        for (int i = 2; i <= arguments.count(); i++) {
            FunctionParameter parameter = parameters.get(i - 2);
            Object value = new LuaToJava(state, marks).convert(arguments.get(i), parameter.name(),
                    parameter.type() == ParameterType.STRINGS);
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return values;
    }
}
