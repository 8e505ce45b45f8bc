package io.quarkiverse.posthog.runtime.lua;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionDocumentation;

/** The documentation for scripts. */
final class DocsLibrary {

    private static final int MAX_MATCHES = 50;

    /** The rest of longer texts is ignored. */
    private static final int MAX_TEXT = 1_000;

    private final ScriptDocumentation documentation;

    DocsLibrary(ScriptDocumentation documentation) {
        this.documentation = documentation;
    }

    LuaTable table(LuaState state) {
        LuaTable docs = state.newTable();
        state.keep(docs);
        docs.set("list", state.function("docs.list", (caller, arguments) -> text(caller,
                documentation.list(arguments.get(1) == null ? null : argument(arguments)))));
        docs.set("search", state.function("docs.search", (caller, arguments) -> text(caller,
                documentation.search(argument(arguments), limit(arguments)))));
        docs.set("read", state.function("docs.read", this::read));
        return docs;
    }

    private static String argument(LuaArguments arguments) {
        String text = arguments.string(1);
        return LuaStrings.toJava(text.substring(0, Math.min(MAX_TEXT, text.length())));
    }

    private static int limit(LuaArguments arguments) {
        return (int) Math.max(1, Math.min(MAX_MATCHES, arguments.integer(2, FunctionDocumentation.MAX_MATCHES)));
    }

    private Object read(LuaState state, LuaArguments arguments) {
        String name = argument(arguments);
        return text(state, documentation.page(name)
                .orElseThrow(() -> state.error(documentation.unknownPage(name))));
    }

    private static String text(LuaState state, String java) {
        state.allocate(java.length() + 64L);
        state.steps(1_000 + java.length() / 16);
        return LuaStrings.fromJava(java);
    }
}
