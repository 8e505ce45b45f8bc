package io.quarkiverse.posthog.runtime.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.arguments.NearestNames;
import io.quarkiverse.posthog.runtime.functions.docs.CallSyntax;

/** Finds the function and the account of a path, such as {@code app.integrations.posthog.work.posthog_list_events}. */
final class FunctionPaths {

    /** The prefix that scripts can omit. */
    static final String PREFIX = "posthog_";

    private static final int MAX_SUGGESTIONS = 3;
    private static final int MAX_SHOWN = 200;
    private static final String DOT = ".";
    private static final String LIST = "docs.list(\"integrations.posthog\") lists all functions.";

    private final FunctionCatalog catalog;

    FunctionPaths(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The target of a path.
     *
     * @param account the name in the path; empty for the default account
     */
    record Target(FunctionDefinition function, Optional<String> account) {
    }

    /** @throws FunctionException if there is no such function, with the nearest names */
    Target find(String path) {
        String below = path.startsWith(CallSyntax.LUA_NAMESPACE + DOT) ? path.substring(CallSyntax.LUA_NAMESPACE.length() + 1)
                : null;
        if (below == null) {
            throw unknown(path, "Functions are in " + CallSyntax.LUA_NAMESPACE + DOT, List.of());
        }
        int dot = below.lastIndexOf(DOT);
        String name = below.substring(dot + 1);
        String namespace = dot < 0 ? "" : below.substring(0, dot + 1);
        Optional<FunctionDefinition> function = catalog.find(name).or(() -> catalog.find(PREFIX + name));
        if (function.isEmpty() || namespace.indexOf('.') != namespace.length() - 1) {
            throw unknown(path, null, suggestions(name, namespace));
        }
        return new Target(function.get(), Optional.of(namespace).filter(given -> !given.isEmpty())
                .map(given -> given.substring(0, given.length() - 1)).filter(given -> !given.equals(PostHogAccount.DEFAULT)));
    }

    /** Returns the nearest names, in the spelling of the script. */
    private List<String> suggestions(String name, String namespace) {
        boolean prefixed = name.startsWith(PREFIX);
        List<String> names = catalog.names().stream()
                .map(function -> prefixed ? function : function.substring(PREFIX.length())).toList();
        List<String> near = new ArrayList<>(NearestNames.of(name, names, MAX_SUGGESTIONS));
        String account = namespace.indexOf('.') == namespace.length() - 1 ? namespace : "";
        return near.stream().map(function -> CallSyntax.LUA_NAMESPACE + DOT + account + function).toList();
    }

    private static FunctionException unknown(String path, String where, List<String> near) {
        String shown = path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "...";
        String message = "Unknown function: " + shown + DOT
                + (near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?")
                + (where != null ? " " + where : near.isEmpty() ? " " + LIST : "");
        return new FunctionException(FunctionError.of(Type.UNKNOWN_FUNCTION, message).allowed(near)
                .hint(LIST));
    }
}
