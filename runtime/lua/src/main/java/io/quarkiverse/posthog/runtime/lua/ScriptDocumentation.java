package io.quarkiverse.posthog.runtime.lua;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.docs.CallSyntax;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionDocumentation;

/** The documentation for the authors of scripts: the pages about the functions, and guides. */
public final class ScriptDocumentation {

    /** The names of the guides, in the order in which they are listed. Each is a resource. */
    static final List<String> GUIDES = List.of("overview", "examples", "errors", "json");

    private static final String PREFIX = "app.";
    private static final int MAX_GUIDE_LINES = 2;
    private static final int MAX_QUERY = 200;

    private final FunctionDocumentation functions;
    private final Map<String, String> guides = new LinkedHashMap<>();

    ScriptDocumentation(FunctionCatalog catalog) {
        functions = new FunctionDocumentation(catalog, CallSyntax.LUA);
        GUIDES.forEach(name -> guides.put(name, guide(name)));
    }

    /** Returns the paths of the resources with the guides. */
    public static List<String> resources() {
        String folder = ScriptDocumentation.class.getPackageName().replace('.', '/');
        return GUIDES.stream().map(name -> folder + "/" + name + ".md").toList();
    }

    private static String guide(String name) {
        try (InputStream page = ScriptDocumentation.class.getResourceAsStream(name + ".md")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the namespaces and guides, or the functions of a namespace, in Markdown.
     *
     * @param namespace the beginning of the names; null or empty for all
     */
    public String list(String namespace) {
        String prefix = normalized(namespace == null ? "" : namespace);
        if (FunctionDocumentation.PAGE.startsWith(prefix) && prefix.length() < FunctionDocumentation.PAGE.length()) {
            return "- `" + CallSyntax.LUA_NAMESPACE + "`: the functions of PostHog. Page: " + FunctionDocumentation.PAGE + "\n"
                    + (prefix.isEmpty() ? "Guides: " + String.join(", ", GUIDES) + ".\n" : "");
        }
        if (prefix.equals(FunctionDocumentation.PAGE) || prefix.startsWith(FunctionDocumentation.PAGE + ".")) {
            return functions.list();
        }
        return "There is no namespace `" + printable(namespace) + "`. Namespaces: `" + CallSyntax.LUA_NAMESPACE + "`.\n";
    }

    /** Returns the functions and guides that match words, in Markdown. */
    public String search(String words, int limit) {
        String query = words.substring(0, Math.min(MAX_QUERY, words.length()));
        String matches = functions.search(query, limit).orElse("");
        List<String> parts = Arrays.stream(query.toLowerCase(Locale.ROOT).split("[^a-z0-9_]+"))
                .filter(word -> word.length() > 2).limit(20).toList();
        String inGuides = guides.entrySet().stream().map(guide -> matches(guide.getKey(), guide.getValue(), parts))
                .collect(Collectors.joining());
        return matches.isEmpty() && inGuides.isEmpty() ? functions.search(query) : matches + inGuides;
    }

    private static String matches(String name, String text, List<String> words) {
        List<String> lines = text.lines().map(String::strip)
                .filter(line -> words.stream().anyMatch(line.toLowerCase(Locale.ROOT)::contains)).limit(MAX_GUIDE_LINES)
                .toList();
        return lines.isEmpty() ? "" : "- Guide " + name + ": " + String.join(" / ", lines) + "\n";
    }

    /** Returns a page in Markdown; empty if it does not exist. */
    public Optional<String> page(String name) {
        String page = normalized(name);
        return guides.containsKey(page) ? Optional.of(guides.get(page))
                : functions.markdown(page)
                        .or(() -> functions.markdown(page.replace(FunctionDocumentation.PAGE + ".",
                                FunctionDocumentation.PAGE + "." + FunctionPaths.PREFIX)));
    }

    /** Returns the message for a page that does not exist. */
    public String unknownPage(String name) {
        return "There is no page '" + printable(name) + "'. Pages: " + String.join(", ", pages()) + ".";
    }

    List<String> pages() {
        return java.util.stream.Stream.concat(GUIDES.stream(), functions.pages().stream()).toList();
    }

    private static String normalized(String name) {
        String page = name.strip();
        return page.startsWith(PREFIX) ? page.substring(PREFIX.length()) : page.equals("app") ? "" : page;
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(100, name.length())).replaceAll("\\p{Cntrl}", " ");
    }
}
