package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** A call of the function {@code gsub}. */
final class Substitution {

    private final Execution execution;
    private final String subject;
    private final String pattern;
    private final Object replacement;
    private final long maximum;
    private final PatternMatcher matcher;
    private final ByteBuilder result;

    Substitution(Execution execution, LuaArguments arguments) {
        this.execution = execution;
        this.subject = arguments.string(1);
        this.pattern = arguments.string(2);
        Object value = arguments.get(3);
        if (value instanceof Number) {
            value = LuaValues.toText(value);
        }
        if (!(value instanceof String) && !(value instanceof LuaTable) && !(value instanceof LuaFunction)) {
            throw arguments.typeError(3, "string/function/table");
        }
        this.replacement = value;
        this.maximum = arguments.integer(4, subject.length() + 1L);
        this.matcher = new PatternMatcher(execution, subject, pattern);
        this.result = new ByteBuilder(execution, Math.min(subject.length() + 16, 256));
    }

    Object[] run() {
        boolean anchor = pattern.startsWith("^");
        int position = 0;
        long count = 0;
        while (count < maximum) {
            int end = matcher.matchAt(position, anchor ? 1 : 0);
            if (end >= 0) {
                count++;
                addReplacement(position, end);
            }
            if (end > position) {
                position = end;
            } else if (position < subject.length()) {
                result.append(subject.charAt(position++));
            } else {
                break;
            }
            if (anchor) {
                break;
            }
        }
        if (position < subject.length()) {
            result.append(subject, position, subject.length());
        }
        return new Object[] { result.finish(), count };
    }

    private void addReplacement(int start, int end) {
        if (replacement instanceof String text) {
            addText(text, start, end);
            return;
        }
        Object value;
        if (replacement instanceof LuaTable table) {
            value = TableAccess.index(execution, table, matcher.capture(0, start, end), null);
        } else {
            Object captures = matcher.allCaptures(start, end);
            int kept = execution.keep(captures);
            LuaFunction function = (LuaFunction) replacement;
            value = LuaFunction.first(captures instanceof Object[] values ? execution.call(function, values)
                    : execution.call(function, captures));
            execution.forget(kept);
        }
        if (!LuaValues.isTrue(value)) {
            result.append(subject, start, end);
        } else if (value instanceof String || value instanceof Number) {
            result.append(LuaValues.toText(value));
        } else {
            throw execution.error("invalid replacement value (a " + LuaValues.typeName(value) + ")");
        }
    }

    private void addText(String text, int start, int end) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                result.append(c);
                execution.steps(1);
                continue;
            }
            i++;
            char selector = i < text.length() ? text.charAt(i) : '\0';
            if (selector == '%') {
                result.append('%');
            } else if (selector == '0') {
                result.append(subject, start, end);
            } else if (CharacterClass.isDigit(selector)) {
                result.append(LuaValues.toText(matcher.capture(selector - '1', start, end)));
            } else {
                throw execution.error("invalid use of '%' in replacement string");
            }
        }
    }
}
