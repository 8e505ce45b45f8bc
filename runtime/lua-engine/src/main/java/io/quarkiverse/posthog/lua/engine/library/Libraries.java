package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.HostFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/** Installs the standard libraries into a state. */
public final class Libraries {

    private Libraries() {
    }

    /** Installs all libraries. */
    public static void install(LuaState state) {
        LuaTable globals = state.globals();
        globals.set("_G", globals);
        globals.set("_VERSION", "Lua 5.2");
        new BaseLibrary(state).install(globals);
        ProtectedCalls.install(state, globals);
        LuaTable strings = library(state, "string");
        StringLibrary.install(state, strings);
        PatternLibrary.install(state, strings);
        TableLibrary.install(state, library(state, "table"));
        MathLibrary.install(state, library(state, "math"));
        OsLibrary.install(state, library(state, "os"));
        globals.set("unpack", ((LuaTable) globals.get("table")).get("unpack"));
        LuaTable metatable = state.newTable();
        metatable.set("__index", strings);
        metatable.set("__metatable", false);
        state.execution().setStringMetatable(metatable);
    }

    private static LuaTable library(LuaState state, String name) {
        LuaTable library = state.newTable();
        state.globals().set(name, library);
        return library;
    }

    /** Adds a function to a library. */
    static void add(LuaState state, LuaTable library, String name, HostFunction code) {
        library.set(name, state.function(name, code));
    }
}
