package io.quarkiverse.posthog.benchmarks.scripts;

import java.util.List;
import java.util.Set;

/**
 * A script that tries to exhaust the time or memory of the application.
 *
 * @param expected the types of the errors that it can have; {@code success} without one
 */
record ScriptAttack(String name, Set<String> expected, String source) {

    private static final String CPU = "cpu_limit";
    private static final String MEMORY = "memory_limit";
    private static final String OUTPUT = "output_limit";
    private static final String RUNTIME = "runtime";
    private static final String SUCCESS = "success";

    private static ScriptAttack attack(String name, String source, String... expected) {
        return new ScriptAttack(name, Set.of(expected), source);
    }

    static List<ScriptAttack> all() {
        return List.of(
                attack("endless loop", "while true do end", CPU),
                attack("endless loop in pcall", "while true do pcall(function() while true do end end) end", CPU),
                attack("endless loop in xpcall handler", "xpcall(error, function() while true do end end)", CPU),
                attack("endless loop in a metamethod",
                        "local t = setmetatable({}, { __index = function() while true do end end }) return t.x", CPU),
                attack("endless loop in __tostring",
                        "print(setmetatable({}, { __tostring = function() while true do end end }))", CPU),
                attack("endless loop in __tostring of an error",
                        "error(setmetatable({}, { __tostring = function() while true do end end }))", RUNTIME),
                attack("endless __index chain", "local t = {} setmetatable(t, { __index = t }) return t.x", CPU, RUNTIME),
                attack("goto loop", "::a:: goto a", CPU),
                attack("string.rep of 1 GB", "string.rep('x', 1e9)", MEMORY, RUNTIME),
                attack("string.rep in a loop", "while true do string.rep('x', 1e6) end", CPU),
                attack("string.rep with separator", "string.rep('', 1e9, string.rep('x', 100))", MEMORY, RUNTIME),
                attack("gsub that grows", "local s = 'x' while true do s = s:gsub('x', 'xxxxxxxxxx') end", MEMORY),
                attack("gsub with a function", "('x'):rep(1e6):gsub('x', function() while true do end end)", CPU),
                attack("backtracking pattern", "return ('a'):rep(40):find(('a?'):rep(40) .. ('a'):rep(40))", CPU, SUCCESS),
                attack("backtracking pattern with .-", "return ('a'):rep(3000):find(('.-'):rep(20) .. 'b')", CPU),
                attack("balanced pattern", "return ('('):rep(1e6):find('%b()')", CPU, SUCCESS),
                attack("gmatch over a long text", "for _ in ('a'):rep(1e7):gmatch('.-b') do end", CPU, SUCCESS),
                attack("string.format with a large width", "string.format('%99999999d', 1)", RUNTIME),
                attack("sort with an inconsistent comparator",
                        "local t = {} for i = 1, 1e5 do t[i] = i end table.sort(t, function() return true end)", RUNTIME,
                        CPU, SUCCESS),
                attack("sort with an endless comparator",
                        "table.sort({ 1, 2, 3 }, function() while true do end end)", CPU),
                attack("table.concat that grows",
                        "local t = {} for i = 1, 1e6 do t[i] = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' end table.concat(t)", MEMORY),
                attack("doubling with ..", "local s = 'x' while true do s = s .. s end", MEMORY),
                attack("doubling in pcall", "local s = 'x' while true do pcall(function() s = s .. s end) end", MEMORY),
                attack("recursion", "local function f() return 1 + f() end f()", RUNTIME, MEMORY),
                attack("recursion in pcall", "local function f() pcall(f) end f() while true do f() end", RUNTIME, CPU),
                attack("mutual recursion by metamethods",
                        "local t = setmetatable({}, { __index = function(t, k) return t[k .. 'x'] end }) return t.a", RUNTIME,
                        MEMORY),
                attack("tail calls", "local function f() return f() end f()", CPU),
                attack("nested source", "return " + "(".repeat(20_000) + "1" + ")".repeat(20_000), "syntax", RUNTIME),
                attack("long operator chain", "return 1" + " + 1".repeat(24_000), "syntax", RUNTIME, SUCCESS),
                attack("millions of tables", "local t = {} for i = 1, 1e8 do t[i] = {} end", MEMORY),
                attack("millions of garbage tables", "for i = 1, 1e10 do local t = { i } end", CPU),
                attack("a linked list", "local t while true do t = { t } end", MEMORY),
                attack("closures", "local t = {} while true do local x = {} t[#t + 1] = function() return x end end", MEMORY),
                attack("keys with the same hash", "local t = {} for i = 1, 1e7 do t[i * 65536] = i end", MEMORY, CPU),
                attack("unpack of a large range", "return unpack({}, 1, 1e8)", MEMORY, RUNTIME),
                attack("many arguments", "local t = {} for i = 1, 1e6 do t[i] = i end return select('#', unpack(t))", MEMORY,
                        RUNTIME, SUCCESS),
                attack("output flood", "while true do print(string.rep('x', 10000)) end", OUTPUT),
                attack("output flood in pcall", "while true do pcall(print, string.rep('x', 10000)) end", OUTPUT),
                attack("printing shared tables", "local t = {} for i = 1, 60 do t = { t, t } end print(t)", OUTPUT),
                attack("encoding shared tables", "local t = {} for i = 1, 60 do t = { t, t } end json.encode(t)", MEMORY),
                attack("returning shared tables", "local t = {} for i = 1, 60 do t = { t, t } end return t", MEMORY),
                attack("encoding a long text many times",
                        "local s, t = ('x'):rep(1e6), {} for i = 1, 10000 do t[i] = s end json.encode(t)", MEMORY),
                attack("encoding control characters", "json.encode(('\\0'):rep(14e6))", MEMORY),
                attack("returning a long text many times",
                        "local s, t = ('x'):rep(1e6), {} for i = 1, 10000 do t[i] = s end return t", MEMORY),
                attack("printing a long text many times",
                        "local s, t = ('x'):rep(1e6), {} for i = 1, 10000 do t[i] = s end print(t)", OUTPUT, MEMORY),
                attack("an argument with a long text many times",
                        "local s, t = ('x'):rep(1e6), {} for i = 1, 10000 do t[i] = s end "
                                + "app.integrations.posthog.capture_event('x', 'u', { t = t })",
                        MEMORY),
                attack("a regex of 10 MB", "regex.match('a', ('{'):rep(1e7))", RUNTIME),
                attack("a search for a long text", "while true do docs.search(('flag '):rep(1e6)) end", CPU),
                attack("JSON nested 1,000,000 times", "json.decode(('['):rep(1e6))", RUNTIME),
                attack("JSON objects nested 100,000 times", "json.decode(('{\"a\":'):rep(1e5))", RUNTIME),
                attack("JSON with a number of 1,000,000 digits", "json.decode(('9'):rep(1e6))", RUNTIME),
                attack("JSON with a large exponent", "return tostring(json.decode('1e999999999'))", SUCCESS, RUNTIME),
                attack("JSON with 1,000,000 objects", "json.decode('[' .. ('{\"a\":{}},'):rep(1e6) .. '1]')", MEMORY),
                attack("JSON with 1,000,000 names",
                        "local t = {} for i = 1, 1e6 do t[i] = '\"k' .. i .. '\":1' end json.decode('{' .. table.concat(t, ',') .. '}')",
                        MEMORY),
                attack("regex with nested repetition", "regex.match('a', '((a{1000}){1000}){1000}')", RUNTIME),
                attack("regex that backtracks elsewhere", "regex.match(('a'):rep(5000) .. 'b', '(a+)+$')", SUCCESS, RUNTIME),
                attack("regex with a quadratic search", "regex.match_all(('a'):rep(500000), 'a(.*b)?')", CPU),
                attack("regex on a long text", "for i = 1, 1e9 do regex.match(('a'):rep(1e6), '(x+x+)+y') end", CPU),
                attack("regex.gsub that grows", "regex.gsub(('a'):rep(1e6), 'a', ('x'):rep(10000))", MEMORY),
                attack("many different regexes", "for i = 1, 1e9 do regex.match('a', 'a{' .. i % 900 .. '}' .. i) end", CPU),
                attack("namespaces", "while true do app.x = nil local y = app.x end", CPU),
                attack("a long path", "local p = app while true do p = p.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx end", RUNTIME),
                attack("unknown functions", "while true do pcall(app.integrations.posthog.nothing) end", "call_limit"),
                attack("documentation in a loop", "while true do docs.read('integrations.posthog') docs.search('flag') end",
                        CPU),
                attack("the metatable of strings",
                        "string.upper = nil getmetatable('').__index = { upper = function() while true do end end }", RUNTIME),
                attack("a script that starts scripts",
                        "return load == nil and loadstring == nil and require == nil and dofile == nil and coroutine == nil",
                        SUCCESS));
    }
}
