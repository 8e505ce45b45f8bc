package io.quarkiverse.posthog.runtime.lua;

import java.util.LinkedHashMap;
import java.util.Map;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/** Regular expressions in linear time. */
final class RegexLibrary {

    private static final int MAX_PATTERN = 2_000;
    private static final int MAX_SIZE = 5_000;
    private static final int MAX_PATTERNS = 8;

    /** A search cannot be interrupted. This limits it to about a second. */
    private static final long MAX_WORK = 32_000_000;

    private static final int NANOS_PER_STEP = 20;

    private final JsonMarks marks;
    private final Map<String, Compiled> patterns = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
            return size() > MAX_PATTERNS;
        }
    };

    private record Compiled(Pattern pattern, long size) {
    }

    RegexLibrary(JsonMarks marks) {
        this.marks = marks;
    }

    LuaTable table(LuaState state) {
        LuaTable regex = state.newTable();
        state.keep(regex);
        regex.set("match", state.function("regex.match", this::match));
        regex.set("match_all", state.function("regex.match_all", this::matchAll));
        regex.set("gsub", state.function("regex.gsub", this::gsub));
        return regex;
    }

    /** The matches of a pattern in a text. Each search is charged by its time. */
    private final class Search {

        private final LuaState state;
        private final String text;
        private final Matcher matcher;

        Search(LuaState state, LuaArguments arguments) {
            this.state = state;
            String lua = arguments.string(1);
            String pattern = arguments.string(2);
            if (pattern.length() > MAX_PATTERN) {
                throw state.error("the pattern is too long: " + pattern.length() + " bytes, at most " + MAX_PATTERN);
            }
            Compiled compiled = compiled(state, LuaStrings.toJava(pattern));
            if (lua.length() * compiled.size() > MAX_WORK) {
                throw state.error("the text is too long for this pattern: " + lua.length() + " bytes, at most "
                        + MAX_WORK / compiled.size());
            }
            state.allocate(2L * lua.length() + 100 * compiled.size());
            this.text = LuaStrings.toJava(lua);
            this.matcher = compiled.pattern().matcher(text);
        }

        boolean find() {
            long start = System.nanoTime();
            boolean found = matcher.find();
            state.steps((int) Math.min(Integer.MAX_VALUE / 2, 1 + (System.nanoTime() - start) / NANOS_PER_STEP));
            return found;
        }

        /** Returns the match and its groups. Groups that are not part of the match are empty. */
        void groups(LuaTable target) {
            for (int i = 0; i <= matcher.groupCount(); i++) {
                String group = matcher.group(i);
                String value = group == null ? "" : group;
                state.allocate(2L * value.length() + 64);
                target.append(LuaStrings.fromJava(value));
            }
        }
    }

    private Compiled compiled(LuaState state, String pattern) {
        Compiled known = patterns.get(pattern);
        if (known != null) {
            return known;
        }
        long size = RegexSize.of(pattern);
        if (size > MAX_SIZE) {
            throw state.error("the pattern is too large, because RE2 expands its repetitions; reduce their numbers");
        }
        state.steps((int) size * 10);
        try {
            Compiled compiled = new Compiled(Pattern.compile(pattern), Math.max(1, size));
            patterns.put(pattern, compiled);
            return compiled;
        } catch (PatternSyntaxException e) {
            throw state.error("invalid pattern: " + e.getDescription() + "; patterns have the syntax of RE2");
        }
    }

    private Object match(LuaState state, LuaArguments arguments) {
        Search search = new Search(state, arguments);
        return search.find() ? groups(state, search) : null;
    }

    private LuaTable groups(LuaState state, Search search) {
        LuaTable groups = state.newTable();
        marks.markArray(groups);
        search.groups(groups);
        return groups;
    }

    private Object matchAll(LuaState state, LuaArguments arguments) {
        Search search = new Search(state, arguments);
        LuaTable matches = state.newTable();
        marks.markArray(matches);
        state.keep(matches);
        while (search.find()) {
            LuaTable groups = state.newTable();
            marks.markArray(groups);
            matches.append(groups);
            search.groups(groups);
        }
        return matches;
    }

    private Object gsub(LuaState state, LuaArguments arguments) {
        Search search = new Search(state, arguments);
        String replacement = LuaStrings.toJava(arguments.string(3));
        long limit = arguments.integer(4, Long.MAX_VALUE);
        MemoryGrowth memory = new MemoryGrowth(state);
        StringBuilder result = new StringBuilder();
        int end = 0;
        long replaced = 0;
        while (replaced < limit && search.find()) {
            append(result, memory, search.text, end, search.matcher.start());
            appendReplacement(state, result, memory, replacement, search.matcher);
            end = search.matcher.end();
            replaced++;
        }
        append(result, memory, search.text, end, search.text.length());
        memory.add(2L * result.length());
        return LuaStrings.fromJava(result.toString());
    }

    private static void append(StringBuilder result, MemoryGrowth memory, String text, int from, int to) {
        memory.add(2L * (to - from));
        result.append(text, from, to);
    }

    private static void appendReplacement(LuaState state, StringBuilder result, MemoryGrowth memory, String replacement,
            Matcher matcher) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '$' || i + 1 == replacement.length()) {
                memory.add(2);
                result.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '$') {
                memory.add(2);
                result.append('$');
            } else if (next >= '0' && next <= '9') {
                if (next - '0' > matcher.groupCount()) {
                    throw state.error("the replacement has the group $" + next + ", but the pattern has " + matcher.groupCount()
                            + " groups");
                }
                String group = matcher.group(next - '0');
                append(result, memory, group == null ? "" : group, 0, group == null ? 0 : group.length());
            } else {
                throw state.error("$ in the replacement must be followed by a digit, or by $ for itself");
            }
        }
    }
}
