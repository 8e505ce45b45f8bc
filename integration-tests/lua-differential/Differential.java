import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.quarkiverse.posthog.lua.engine.LuaCompiler;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;

/** Evaluates random expressions with the Lua engine and with Lua 5.2, and compares what they print. */
public final class Differential {

    private static final String PRELUDE = """
            local function show(ok, ...)
              local t = {tostring(ok)}
              for i = 1, select('#', ...) do
                local v = select(i, ...)
                if v ~= v then v = 'nan' elseif v == 0 then v = 0 end
                t[#t + 1] = type(v) .. (type(v) == 'table' and '' or ':' .. tostring(v))
              end
              local s = table.concat(t, ' ')
              if not ok then
                s = s:gsub("string:%S+%.lua:%d+: ", "string:"):gsub(" %(%l+ '[^']*'%)", "")
                s = s:gsub("%l+ '.-' %(a (%w+) value%)", "a %1 value")
              end
              print((s:gsub('[%c\\128-\\255]', function(c) return '\\\\' .. c:byte() end)))
            end
            local t, nothing = {1, 2, x = 'y'}, nil
            """;

    /** The number of expressions in a script. */
    private static final int BATCH = 2_000;

    private final Random random;

    private Differential(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        long seed = System.nanoTime();
        int cases = 5_000;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals("--seed")) {
                seed = Long.parseLong(arguments[i + 1]);
            } else if (arguments[i].equals("--cases")) {
                cases = Integer.parseInt(arguments[i + 1]);
            }
        }
        System.out.println("Seed " + seed);
        Differential differential = new Differential(seed);
        int differences = 0;
        for (int done = 0; done < cases; done += BATCH) {
            differences += differential.compare(Math.min(BATCH, cases - done));
        }
        System.out.println(cases + " expressions, " + differences + " differences");
        System.exit(differences == 0 ? 0 : 1);
    }

    /** Returns the number of differences. */
    private int compare(int cases) throws Exception {
        List<String> expressions = new ArrayList<>();
        StringBuilder script = new StringBuilder(PRELUDE);
        for (int i = 0; i < cases; i++) {
            String expression = random.nextInt(3) == 0 ? value(3) : call();
            expressions.add(expression);
            script.append("show(pcall(function() return ").append(expression).append(" end))\n");
        }
        List<String> expected = lua(script.toString());
        List<String> actual = engine(script.toString());
        int differences = expected.size() == actual.size() && actual.size() == cases ? 0 : 1;
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                differences++;
                System.out.println(expressions.get(i) + "\n    Lua:    " + expected.get(i) + "\n    engine: " + actual.get(i));
            }
        }
        return differences;
    }

    private static List<String> lua(String script) throws Exception {
        Path file = Files.createTempFile("differential", ".lua");
        try {
            Files.writeString(file, script, StandardCharsets.ISO_8859_1);
            Process process = new ProcessBuilder("lua5.2", file.toString()).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> engine(String script) {
        StringBuilder output = new StringBuilder();
        LuaLimits limits = LuaLimits.DEFAULT.withOutputCharacters(1L << 40).withSteps(1L << 40).withWallTime(Duration.ofHours(1))
                .withMemoryBytes(512 << 20);
        new LuaState(limits, output::append, InstantSource.system()).run(LuaCompiler.compile(script, "script.lua"));
        return output.toString().lines().toList();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String number() {
        return switch (random.nextInt(6)) {
            case 0 -> String.valueOf(random.nextInt(20) - 10);
            case 1 -> String.valueOf(random.nextInt(100_000));
            case 2 -> String.valueOf(Math.round(random.nextGaussian() * 1000) / 8.0);
            case 3 -> String.valueOf(random.nextDouble());
            case 4 -> random.nextInt(1000) + "e" + (random.nextInt(30) - 20);
            default -> pick("0", "1", "-1", "0.1", "1/3", "2^31", "math.huge", "-math.huge", "0x1F", "1e308 * 10");
        };
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("aabbc12 .-_%[]()x".charAt(random.nextInt(17)));
        }
        return "\"" + (random.nextInt(5) == 0 ? pick("10", " 0x10 ", "1e2", "-3.5", "abc", "1 2", "0x", ".5", "5.", "inf", "nan") : text) + "\"";
    }

    private String pattern() {
        StringBuilder text = new StringBuilder(random.nextInt(6) == 0 ? "^" : "");
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String item = pick("a", "b", "x", ".", "%a", "%d", "%s", "%w", "%p", "%A", "[ab]", "[^a]", "[%d_]", "[a-c]", "[]]", "[^%s]", "%.", "%%");
            item += pick("", "", "", "*", "+", "-", "?");
            text.append(pick(item, item, item, "(" + item + ")", "()", "%b()", "%f[%w]", "(" + item + ")%1"));
        }
        return "\"" + text.append(random.nextInt(6) == 0 ? "$" : "").append(random.nextInt(40) == 0 ? pick("(", ")", "[", "%", "%9") : "")
                + "\"";
    }

    private String format() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            text.append('%').append(pick("", "", "-", "0", "+", " ", "#", "-+", "0+")).append(pick("", "", "5", "10", "1"))
                    .append(pick("", "", ".0", ".3", ".10", ".")).append(pick("d", "i", "f", "e", "g", "G", "E", "s"))
                    .append(pick("", "|"));
        }
        return text.append('"').toString();
    }

    private String value(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return pick(number(), number(), number(), string(), "nil", "true", "t", "nothing", "t.x", "t.y");
        }
        String operator = pick("+", "-", "*", "/", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or");
        return pick("(" + value(depth - 1) + " " + operator + " " + value(depth - 1) + ")", "not " + value(depth - 1),
                "(1 - " + value(depth - 1) + ")", "#" + string(), "(" + value(depth - 1) + " " + operator + " " + value(depth - 1) + ")");
    }

    private String index() {
        return String.valueOf(random.nextInt(16) - 8);
    }

    private String call() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> "string.format(" + format() + ", " + pick(number(), "'" + random.nextInt(50) + "'", "7", "65.5") + ", "
                    + pick("3", "'x'", number()) + ")";
            case 3 -> "string.format('%" + pick("#", "0", "-", "") + pick("", "8") + pick("x", "X", "o", "u") + "', " + random.nextInt(1 << 20) + ")";
            case 4 -> "string.find(" + string() + ", " + pattern() + pick("", ", " + index()) + ")";
            case 5, 6 -> "string.match(" + string() + ", " + pattern() + pick("", ", " + index()) + ")";
            case 7, 8 -> "string.gsub(" + string() + ", " + pattern() + ", "
                    + pick("'<%0>'", "'%1'", "''", "{a = 'A', b = false}", "function(c) return c end", "'%%'", "string.upper") + pick("", ", 1") + ")";
            case 9 -> "string.sub(" + string() + ", " + index() + pick("", ", " + index()) + ")";
            case 10 -> "string.byte(" + string() + ", " + index() + pick("", ", " + index()) + ")";
            case 11 -> "string.rep(" + string() + ", " + index() + pick("", ", ','") + ")";
            case 12 -> "tonumber(" + pick(string(), string() + ", " + (2 + random.nextInt(35)), number()) + ")";
            case 13 -> "tostring(" + pick(number(), "2^53", "1e14", "1e15", "1e100", "-1e300") + ")";
            case 14 -> "math." + pick("floor", "ceil", "abs", "sqrt", "modf", "exp", "frexp") + "(" + pick(number(), string()) + ")";
            case 15 -> random.nextBoolean() ? index() + " % " + (random.nextInt(20) - 10.5) : "math." + pick("max", "min", "fmod", "pow", "ldexp") + "(" + number() + ", " + index() + ")";
            case 16 -> "table.concat({1, 'a', " + number() + "}, " + string() + pick("", ", " + index() + ", " + index()) + ")";
            case 17 -> "select(" + pick("'#'", index()) + ", 1, 'a', nil)";
            case 18 -> "(function() local r = {} for a, b in string.gmatch(" + string() + ", " + pattern()
                    + ") do r[#r + 1] = tostring(a) .. ':' .. tostring(b) end return table.concat(r, ',') end)()";
            default -> "string." + pick("upper", "lower", "reverse", "len") + "(" + pick(string(), number()) + ")";
        };
    }
}
