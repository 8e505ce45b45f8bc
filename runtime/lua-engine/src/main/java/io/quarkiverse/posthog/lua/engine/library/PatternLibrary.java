package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaTracer;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Sizes;

/** The functions of the library {@code string} that use patterns. */
final class PatternLibrary {

    private PatternLibrary() {
    }

    static void install(LuaState state, LuaTable strings) {
        Execution execution = state.execution();
        Libraries.add(state, strings, "find", (s, a) -> find(execution, a, true));
        Libraries.add(state, strings, "match", (s, a) -> find(execution, a, false));
        Libraries.add(state, strings, "gmatch", (s, a) -> new MatchIterator(execution, a.string(1), a.string(2)));
        Libraries.add(state, strings, "gsub", (s, a) -> new Substitution(execution, a).run());
    }

    private static Object find(Execution execution, LuaArguments arguments, boolean find) {
        String subject = arguments.string(1);
        String pattern = arguments.string(2);
        long start = StringLibrary.position(arguments.integer(3, 1), subject.length());
        if (start < 1) {
            start = 1;
        } else if (start > subject.length() + 1L) {
            return null;
        }
        int from = (int) start - 1;
        if (find && (arguments.isTrue(4) || isPlain(pattern))) {
            int found = indexOf(execution, subject, pattern, from);
            return found < 0 ? null : new Object[] { found + 1L, (long) found + pattern.length() };
        }
        PatternMatcher matcher = new PatternMatcher(execution, subject, pattern);
        boolean anchor = pattern.startsWith("^");
        for (int i = from; i <= subject.length(); i++) {
            int end = matcher.matchAt(i, anchor ? 1 : 0);
            if (end >= 0) {
                return find ? positions(matcher, i, end) : matcher.allCaptures(i, end);
            }
            if (anchor) {
                break;
            }
        }
        return null;
    }

    private static Object[] positions(PatternMatcher matcher, int start, int end) {
        Object captures = matcher.captures() == 0 ? LuaFunction.NOTHING : matcher.allCaptures(start, end);
        Object[] values = LuaFunction.all(captures);
        Object[] results = new Object[values.length + 2];
        results[0] = start + 1L;
        results[1] = (long) end;
        System.arraycopy(values, 0, results, 2, values.length);
        return results;
    }

    private static boolean isPlain(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("^$*+?.([%-".indexOf(pattern.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(Execution execution, String subject, String text, int from) {
        if (text.isEmpty()) {
            return from;
        }
        char first = text.charAt(0);
        int position = from;
        while (true) {
            int candidate = subject.indexOf(first, position);
            execution.stepsForBytes((candidate < 0 ? subject.length() : candidate) - position);
            if (candidate < 0) {
                return -1;
            }
            execution.steps(1 + (text.length() >> 4));
            if (subject.startsWith(text, candidate)) {
                return candidate;
            }
            position = candidate + 1;
        }
    }

    /** The iterator of {@code gmatch}. */
    private static final class MatchIterator extends LuaFunction {

        private final Execution execution;
        private final String subject;
        private final String pattern;
        private int position;

        MatchIterator(Execution execution, String subject, String pattern) {
            execution.allocate(Sizes.CLOSURE);
            this.execution = execution;
            this.subject = subject;
            this.pattern = pattern;
        }

        @Override
        public Object call(LuaState state, Object[] arguments) {
            return call(state);
        }

        @Override
        public Object call(LuaState state, Object first, Object second) {
            return call(state);
        }

        @Override
        public Object call(LuaState state) {
            PatternMatcher matcher = new PatternMatcher(execution, subject, pattern);
            for (; position <= subject.length(); position++) {
                int end = matcher.matchAt(position, 0);
                if (end >= 0) {
                    int start = position;
                    position = end == start ? end + 1 : end;
                    return matcher.allCaptures(start, end);
                }
            }
            return null;
        }

        @Override
        public void trace(LuaTracer tracer) {
            tracer.visit(subject);
            tracer.visit(pattern);
            tracer.add(Sizes.CLOSURE);
        }

        @Override
        public String name() {
            return "gmatch";
        }
    }
}
