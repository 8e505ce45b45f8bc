package io.quarkiverse.posthog.lua.engine;

import java.util.List;
import java.util.Random;

/** Creates programs of all statements, expressions and library functions, with unusual values. */
final class RandomScript {

    private static final int MAX_DEPTH = 5;

    private static final List<String> FUNCTIONS = List.of("next", "pairs", "ipairs", "type", "tostring", "print", "tonumber",
            "rawequal", "rawget", "rawset", "rawlen", "select", "getmetatable", "setmetatable", "pcall", "xpcall", "error",
            "assert", "unpack", "string.len", "string.sub", "string.byte", "string.char", "string.rep", "string.reverse",
            "string.lower", "string.upper", "string.format", "string.find", "string.match", "string.gmatch", "string.gsub",
            "table.concat", "table.insert", "table.remove", "table.unpack", "table.pack", "table.maxn", "table.sort",
            "math.floor", "math.ceil", "math.abs", "math.max", "math.min", "math.fmod", "math.modf", "math.frexp",
            "math.ldexp", "math.random", "math.randomseed", "math.pow", "math.log", "os.time", "os.date", "os.clock",
            "os.difftime");

    private static final List<String> VALUES = List.of("nil", "true", "false", "0", "1", "-1", "2", "3", "7", "100", "5e4",
            "1e9", "0.5", "-0.0", "1e308", "5e-324", "0/0", "1/0", "-1/0", "2^31", "2^53", "2^63", "-2^63",
            "9223372036854775807", "-9223372036854775808", "0x7fffffff", "''", "'x'", "'10'", "'0x1p4'", "' 5 '", "'\\0\\255'",
            "'%d'", "'%s%5.2f%q'", "'%-99.99g'", "'(a*(.)%w(%s*))'", "'%b()'", "'%f[%a]%a+'", "'[^%s]-$'", "'^x'", "'()'",
            "'%1'", "'[a-'", "'%'", "('x'):rep(1000)", "('ab'):rep(20000)", "'#'", "'*t'", "'!%c'", "'AaAa'", "'BBBB'",
            "'n'", "'__index'", "{}", "{1, 2, 3}", "{3, 1, 2, nil, 5}", "{x = 1, y = {}}", "{year = 2024, month = 1, day = 1}",
            "{year = 2^31, month = -2^63, day = 1e300}", "...", "(...)", "function(...) return ... end",
            "function(x, y) return x < y end", "_G", "string", "table");

    private static final List<String> EVENTS = List.of("__index", "__newindex", "__call", "__add", "__sub", "__mul", "__div",
            "__mod", "__pow", "__unm", "__concat", "__len", "__eq", "__lt", "__le", "__tostring", "__pairs", "__ipairs",
            "__metatable");

    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=",
            ">", ">=", "and", "or");

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private final Random random;
    private final StringBuilder source = new StringBuilder();

    RandomScript(long seed) {
        this.random = new Random(seed);
    }

    String create() {
        source.append("local a, b, c, d = {}, ('x'):rep(50), 3, ...\n");
        for (int i = 4 + random.nextInt(20); i > 0; i--) {
            caught(0, 20);
            source.append('\n');
        }
        return source.toString();
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void block(int depth) {
        source.append(' ');
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            caught(depth + 1, 2);
            source.append(' ');
        }
    }

    /** Adds a statement, whose errors are caught, except sometimes. */
    private void caught(int depth, int exception) {
        boolean caught = random.nextInt(exception) > 0;
        source.append(caught ? "pcall(function(...) " : "");
        statement(depth);
        source.append(caught ? " end, a, b);" : "");
    }

    private void statement(int depth) {
        switch (depth >= MAX_DEPTH ? random.nextInt(4) : random.nextInt(16)) {
            case 0, 4 -> {
                target(depth);
                source.append(" = ");
                expression(depth);
            }
            case 1 -> {
                source.append("local ").append(one(NAMES)).append(", ").append(one(NAMES)).append(" = ");
                expression(depth);
            }
            case 2, 5 -> call(depth);
            case 3 -> {
                target(depth);
                source.append(", ");
                target(depth);
                source.append(" = ");
                expression(depth);
                source.append(", ");
                expression(depth);
            }
            case 6 -> {
                source.append("if ");
                expression(depth);
                source.append(" then");
                block(depth);
                source.append("else");
                block(depth);
                source.append("end");
            }
            case 7 -> {
                source.append("for ").append(one(NAMES)).append(" = 1, ").append(one(List.of("3", "20", "1000", "1e5")))
                        .append(" do");
                block(depth);
                source.append("end");
            }
            case 8 -> {
                source.append("for ").append(one(NAMES)).append(", ").append(one(NAMES)).append(" in ")
                        .append(one(List.of("pairs(", "ipairs(", "string.gmatch('a b', ", "(next)(", "select(-1, next, ")));
                expression(depth);
                source.append(", '%w') do");
                block(depth);
                source.append("end");
            }
            case 9 -> {
                source.append("while ");
                expression(depth);
                source.append(" do");
                block(depth);
                source.append(random.nextBoolean() ? "break end" : "end");
            }
            case 10 -> {
                source.append("repeat");
                block(depth);
                source.append("until ");
                expression(depth);
            }
            case 11 -> {
                source.append(random.nextBoolean() ? "local function " : "function ").append(one(NAMES)).append("(a, ...)");
                block(depth);
                source.append("return ");
                expression(depth);
                source.append(" end");
            }
            case 12 -> {
                source.append("do local function f(n, ...) if n > ").append(random.nextInt(300)).append(" then return ... end");
                block(depth);
                source.append("return ").append(one(List.of("f(n + 1, ...)", "1 + f(n + 1, n, ...)", "{f(n + 1)}")))
                        .append(" end f(1) end");
            }
            case 13 -> {
                String label = "l" + source.length();
                source.append("do local n = 0 ::").append(label).append(":: n = n + 1");
                block(depth);
                source.append("if n < 5 then goto ").append(label).append(" end end");
            }
            case 14 -> {
                source.append("setmetatable(").append(one(NAMES)).append(", {");
                for (int i = random.nextInt(5); i >= 0; i--) {
                    source.append(one(EVENTS)).append(" = ");
                    expression(depth + 2);
                    source.append(", ");
                }
                source.append("})");
            }
            default -> {
                source.append("for i = 1, ").append(random.nextInt(3000)).append(" do ").append(one(NAMES))
                        .append(one(List.of("[i]", "[-i]", "['k' .. i]", "[i * 1.5]", "[{}]", "[i % 7]"))).append(" = ");
                expression(depth + 2);
                source.append(" end");
            }
        }
        source.append(';');
    }

    private void target(int depth) {
        source.append(one(NAMES));
        if (random.nextInt(3) == 0) {
            source.append('[');
            expression(depth + 1);
            source.append(']');
        }
    }

    private void call(int depth) {
        source.append(random.nextInt(8) == 0 ? one(NAMES) : one(FUNCTIONS)).append('(');
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            source.append(i == 0 ? "" : ", ");
            expression(depth + 1);
        }
        source.append(')');
    }

    private void expression(int depth) {
        switch (depth >= MAX_DEPTH ? random.nextInt(4) : random.nextInt(12)) {
            case 0, 1 -> value();
            case 11 -> {
                source.append("(").append(one(List.of("tonumber", "tostring", "type", "rawlen"))).append("(");
                expression(depth + 1);
                source.append(") or 1)");
            }
            case 2, 3 -> source.append(one(NAMES));
            case 4, 5, 6 -> {
                source.append('(');
                expression(depth + 1);
                source.append(' ').append(one(OPERATORS)).append(' ');
                expression(depth + 1);
                source.append(')');
            }
            case 7 -> {
                source.append(one(List.of("-", "not ", "#"))).append('(');
                expression(depth + 1);
                source.append(')');
            }
            case 8 -> {
                source.append('(').append(one(NAMES)).append(")[");
                expression(depth + 1);
                source.append(']');
            }
            case 9 -> {
                source.append("{[");
                expression(depth + 1);
                source.append("] = ").append(one(NAMES)).append(", ");
                expression(depth + 1);
                source.append(", x = ").append(one(NAMES)).append(", ");
                call(depth);
                source.append('}');
            }
            default -> call(depth);
        }
    }

    private void value() {
        String value = one(VALUES);
        // Only functions with any number of arguments have them
        source.append(value.contains("...") && !value.contains("function") ? one(NAMES) : value);
    }
}
