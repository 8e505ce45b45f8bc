package io.quarkiverse.posthog.test.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.posthog.lua.ScriptResult;

/**
 * The Lua code of a document, with the documented output.
 *
 * @param heading the heading of the section
 * @param output null if the document does not contain it
 */
record LuaBlock(String heading, String code, String output) {

    private static final Pattern ASCIIDOC = Pattern.compile(
            "\\[source,lua]\\n----\\n(?<code>.*?)\\n----\\n(?:\\n\\.Output\\n\\[listing]\\n----\\n(?<output>.*?)\\n----\\n)?",
            Pattern.DOTALL);

    private static final Pattern MARKDOWN = Pattern.compile("```lua\\n(?<code>.*?)\\n```", Pattern.DOTALL);

    static List<LuaBlock> ofAsciidoc(Path file) throws IOException {
        String text = Files.readString(file);
        return blocks(text, ASCIIDOC).map(found -> new LuaBlock(heading(text, found.start(), "="), found.group("code"),
                found.group("output"))).toList();
    }

    static List<LuaBlock> ofMarkdown(String text) {
        return blocks(text, MARKDOWN).map(found -> new LuaBlock(heading(text, found.start(), "#"), found.group("code"), null))
                .toList();
    }

    private static Stream<Matcher> blocks(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        Stream.Builder<Matcher> blocks = Stream.builder();
        for (int from = 0; matcher.find(from); from = matcher.end()) {
            Matcher found = pattern.matcher(text);
            found.find(from);
            blocks.add(found);
        }
        return blocks.build();
    }

    private static String heading(String text, int position, String sign) {
        return text.substring(0, position).lines().filter(line -> line.matches(sign + "+ .*"))
                .reduce((first, second) -> second).orElse("");
    }

    /** Returns what a reader sees: the output, and the error. */
    static String shown(ScriptResult result) {
        String error = result.isSuccess() ? ""
                : "Error: " + result.error().type() + " in line " + result.error().line() + ": " + result.error().message();
        return (result.output() + error).strip();
    }
}
