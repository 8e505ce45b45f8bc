package io.quarkiverse.posthog.runtime.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final Set<String> accounts;

    /** @param accounts the names of all accounts, which can contain dots */
    FunctionPaths(FunctionCatalog catalog, Set<String> accounts) {
        this.catalog = catalog;
        this.accounts = accounts;
    }

    /**
     * The target of a path.
     *
     * @param account the name in the path; empty if the path has none, or is the path of the default account in an application
     *        that has no account with this name
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
        String account = dot < 0 ? null : below.substring(0, dot);
        Optional<FunctionDefinition> function = catalog.find(name).or(() -> catalog.find(PREFIX + name));
        if (function.isEmpty() || account != null && !isAccount(account)) {
            throw unknown(path, null, suggestions(name, account));
        }
        return new Target(function.get(), Optional.ofNullable(account)
                .filter(given -> !given.equals(PostHogAccount.DEFAULT) || accounts.contains(given)));
    }

    /** Returns whether a name can be an account. The call itself reports an account that does not exist. */
    private boolean isAccount(String name) {
        return accounts.contains(name) || !name.isEmpty() && name.indexOf('.') < 0;
    }

    /** Returns the nearest names, in the spelling of the script. */
    private List<String> suggestions(String name, String account) {
        boolean prefixed = name.startsWith(PREFIX);
        List<String> names = catalog.names().stream()
                .map(function -> prefixed ? function : function.substring(PREFIX.length())).toList();
        List<String> near = new ArrayList<>(NearestNames.of(name, names, MAX_SUGGESTIONS));
        String namespace = CallSyntax.LUA_NAMESPACE + DOT + (account != null && isAccount(account) ? account + DOT : "");
        return near.stream().map(function -> namespace + function).toList();
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
