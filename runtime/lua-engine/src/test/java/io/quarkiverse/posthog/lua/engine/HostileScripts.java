package io.quarkiverse.posthog.lua.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Scripts that try to use more memory than they are allowed to, or more time between two checks. */
final class HostileScripts {

    private HostileScripts() {
    }

    /** Scripts that need unlimited memory. */
    static Map<String, String> memory() {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("doubled string", "local s = 'x' while true do s = s .. s end");
        scripts.put("rep", "return ('x'):rep(1e9)");
        scripts.put("rep with separator", "return ('x'):rep(1e8, ('y'):rep(10))");
        scripts.put("many strings", "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(100) .. i end");
        scripts.put("many tables", "local t = {} for i = 1, 1e9 do t[i] = {} end");
        scripts.put("linked tables", "local t = {} while true do t = {t} end");
        scripts.put("many keys", "local t = {} for i = 1, 1e9 do t['k' .. i] = true end");
        scripts.put("sparse integers", "local t = {} for i = 1, 1e9 do t[i * 1000] = i * 1000 end");
        scripts.put("floats", "local t = {} for i = 1, 1e9 do t[i] = i + 0.5 end");
        scripts.put("float keys", "local t = {} for i = 1, 1e9 do t[i + 0.5] = i + 0.25 end");
        scripts.put("closures", "local t = {} for i = 1, 1e9 do t[i] = function() return i end end");
        scripts.put("wide closures", "local a,b,c,d,e,f,g,h = 1,2,3,4,5,6,7,8 local t = {} "
                + "for i = 1, 1e9 do local x, y = i, i t[i] = function() return a+b+c+d+e+f+g+h+x+y end end");
        scripts.put("unpack",
                "local t = {} for i = 1, 1e5 do t[i] = i end local u = {} for i = 1, 1e6 do u[i] = {table.unpack(t)} end");
        scripts.put("pack", "local t = {} for i = 1, 1e5 do t[i] = i end local u = {} "
                + "for i = 1, 1e6 do u[i] = table.pack(table.unpack(t)) end");
        scripts.put("unpack much", "return unpack({}, 1, 1e8)");
        scripts.put("concat", "local t = {} for i = 1, 1e5 do t[i] = ('x'):rep(1000) end return table.concat(t)");
        scripts.put("concat of one",
                "local s = ('x'):rep(1e6) local t = {} for i = 1, 1e4 do t[i] = s end return table.concat(t)");
        scripts.put("gsub growth", "local s = ('x'):rep(1e6) return (s:gsub('x', ('y'):rep(1000)))");
        scripts.put("gsub captures", "local s = 'x' while true do s = s:gsub('(.+)', '%1%1') end");
        scripts.put("format", "local s = ('x'):rep(1e6) return string.format(('%s'):rep(1000), unpack((function() local t = {} "
                + "for i = 1, 1000 do t[i] = s end return t end)()))");
        scripts.put("upper", "local t = {} local s = ('x'):rep(1e6) for i = 1, 1e6 do t[i] = s:upper() end");
        scripts.put("reverse", "local t = {} local s = ('x'):rep(1e6) for i = 1, 1e6 do t[i] = s:reverse() end");
        scripts.put("substrings", "local t = {} local s = ('x'):rep(1e6) for i = 1, 1e6 do t[i] = s:sub(1, 5e5) end");
        scripts.put("byte", "local t = {} local s = ('x'):rep(9e5) for i = 1, 1e6 do t[i] = {s:byte(1, -1)} end");
        scripts.put("errors with values",
                "local t = {} for i = 1, 1e9 do local _, e = pcall(error, {('x'):rep(1e5) .. i}) t[i] = e end");
        scripts.put("error message",
                "local s = ('x'):rep(1e6) for i = 1, 1e9 do local _, e = pcall(error, s, 1) s = s .. e end");
        scripts.put("varargs", "local function f(...) return f(1, ...) end return f()");
        scripts.put("gmatch", "local t = {} for i = 1, 1e9 do t[i] = (('x'):rep(1e5) .. i):gmatch('.') end");
        scripts.put("metatables", "local t = {} for i = 1, 1e9 do t[i] = setmetatable({}, {__index = {}}) end");
        scripts.put("sort",
                "local s = {} for i = 1, 2e5 do s[i] = i end local function f(a, b) table.sort(s, f) return a < b end table.sort(s, f)");
        scripts.put("os.date", "local s = '%c' for i = 1, 40 do s = s .. s end return os.date(s)");
        scripts.put("globals", "for i = 1, 1e9 do _G['g' .. i] = ('x'):rep(100) .. i end");
        scripts.put("string library", "for i = 1, 1e9 do string['g' .. i] = ('x'):rep(100) .. i end");
        scripts.putAll(temporaries());
        return scripts;
    }

    /** Recursive functions, each of which has a large value that only an expression in progress uses. */
    private static Map<String, String> temporaries() {
        String big = "('x'):rep(400000) .. n";
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("left operand of concat", function("return " + big + " .. f(n + 1)"));
        scripts.put("left operand of comparison", function("return (" + big + ") < f(n + 1)"));
        scripts.put("left operand of equality", function("return (" + big + ") == f(n + 1)"));
        scripts.put("left operand of arithmetic", function("return {" + big + "} + f(n + 1)"));
        scripts.put("argument", function("return g(" + big + ", f(n + 1))"));
        scripts.put("argument that is cleared", "function f(n, s) s = nil return 1 + f(n + 1, " + big + ") end f(1)");
        scripts.put("method argument",
                "local o = {} function o:f(n, s) s = nil return 1 + self:f(n + 1, " + big + ") end o:f(1)");
        scripts.put("object of method",
                "local function f(n) return 1 + ({f = function(s) s = nil return f(n + 1) end, s = " + big
                        + "}):f() end f(1)");
        scripts.put("function value", "local function f(n) local function make() local s = " + big
                + " return function() s = s return f(n + 1) end end return 1 + (make())() end f(1)");
        scripts.put("function that is replaced", "local function f(n) local function make() local s = " + big
                + " return function() local t = s return f(n + 1) end end return 1 + make()() end f(1)");
        scripts.put("varargs", "local function f(n, ...) return 1 + f(n + 1, " + big + ") end f(1)");
        scripts.put("table constructor", function("return {" + big + ", f(n + 1)}"));
        scripts.put("key of constructor", function("return {[" + big + "] = f(n + 1)}"));
        scripts.put("table that is indexed", function("return ({" + big + "})[f(n + 1)]"));
        scripts.put("assigned table", function("({" + big + "})[f(n + 1)] = 1"));
        scripts.put("assigned key", function("t[" + big + "] = f(n + 1)"));
        scripts.put("several assignments", function("t[1], t[2] = " + big + ", f(n + 1)"));
        scripts.put("several locals", function("local a, b = " + big + ", f(n + 1) return a"));
        scripts.put("several results", function("return " + big + ", f(n + 1)"));
        scripts.put("extra results", function("local a = f(n + 1), " + big + " return a"));
        scripts.put("captured variable",
                function("local s = " + big + " local function g() s = nil return f(n + 1) end return g() .. s"));
        scripts.put("captured operand",
                function("local s = " + big + " local function g() s = nil return f(n + 1) end return s .. g()"));
        scripts.put("loop", function("for i, s in function() return 1, " + big + " end do f(n + 1) end"));
        scripts.put("pcall", function("return pcall(function(s) s = nil return f(n + 1) end, " + big + ")"));
        scripts.put("xpcall handler", function("return xpcall(error, function(s) s = nil return f(n + 1) end, " + big + ")"));
        scripts.put("metamethod", "local mt = {} mt.__add = function(a, b) a, b = nil return 1 + f() end "
                + "function f() return 1 + (1 + setmetatable({('x'):rep(400000)}, mt)) end f()");
        scripts.put("metamethod index", "local mt = {} mt.__index = function(a, b) a, b = nil return 1 + f() end "
                + "function f() return 1 + setmetatable({('x'):rep(400000)}, mt).x end f()");
        scripts.put("metamethod newindex", "local mt = {} mt.__newindex = function(a, b, c) a, b, c = nil f() end "
                + "function f() setmetatable({}, mt).x = ('x'):rep(400000) return 1 end f()");
        scripts.put("metamethod concat", "local mt = {} mt.__concat = function(a, b) a, b = nil return 'x' .. f() end "
                + "function f() return ('x'):rep(400000) .. setmetatable({}, mt) end f()");
        scripts.put("metamethod call", "local mt = {} mt.__call = function(a, b) a, b = nil return 1 + f() end "
                + "function f() return 1 + setmetatable({}, mt)(('x'):rep(400000)) end f()");
        scripts.put("tostring", "local mt = {} mt.__tostring = function(a) a = nil return 'x' .. f() end "
                + "function f() return tostring(setmetatable({('x'):rep(400000)}, mt)) .. 'x' end f()");
        scripts.put("gsub", function("return ((" + big + "):gsub('x', function() return f(n + 1) end, 1))"));
        scripts.put("gsub buffer",
                function("return ((('a'):rep(400000) .. 'x'):gsub('.', function(c) return c == 'x' and f(n + 1) end))"));
        scripts.put("gsub capture", function("return ((" + big + "):gsub('.+', function(c) c = nil return f(n + 1) end))"));
        scripts.put("format", "local mt = {} mt.__tostring = function(a) a = nil return 'x' .. f() end "
                + "function f() return string.format('%s%s', ('x'):rep(400000), setmetatable({}, mt)) .. 'x' end f()");
        scripts.put("print", "local mt = {} mt.__tostring = function(a) a = nil return 'x' .. f() end "
                + "function f() print(('x'):rep(400000), setmetatable({}, mt)) return 'x' end f()");
        scripts.put("sort",
                function("local t = {" + big + ", " + big + "} table.sort(t, function(a, b) a, b = nil t[1] = nil t[2] = nil "
                        + "f(n + 1) return false end)"));
        scripts.put("pairs",
                "function f() for k in pairs(setmetatable({('x'):rep(400000)}, {__pairs = function(t) t = nil f() end})) do end "
                        + "return 1 end f()");
        scripts.put("error value outside ASCII", function("return xpcall(error, function(s) s = nil return f(n + 1) end, "
                + "('\\255'):rep(400000) .. n)"));
        scripts.put("many arguments of pcall",
                "local function f(...) return (pcall(f, ...)) end f(table.unpack({}, 1, 100000))");
        scripts.put("printed text", "print(('\\255'):rep(10000000)) local s = ('\\255'):rep(3e7) return s .. s");
        scripts.put("error value", function("local ok, e = pcall(error, " + big + ", 0) return g(f(n + 1), e)"));
        return scripts;
    }

    private static String function(String body) {
        return "local t = {} function g(...) return ... end function f(n) " + body + " end return f(1)";
    }

    /** Scripts that never end, or would need very long. */
    static Map<String, String> time() {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("while", "while true do end");
        scripts.put("repeat", "repeat until false");
        scripts.put("goto", "::a:: goto a");
        scripts.put("numeric for", "for i = 1, 1e18 do end");
        scripts.put("for with zero step", "for i = 1, 10, 0 do end while true do end");
        scripts.put("float for", "for i = 1, math.huge do end");
        scripts.put("generic for", "for k in function() return 1 end do end");
        scripts.put("generic for of a host function", "for k in math.random do end while true do end");
        scripts.put("tail calls", "local function f() return f() end f()");
        scripts.put("pcall", "while true do pcall(function() while true do end end) end");
        scripts.put("pcall of errors", "while true do pcall(error) end");
        scripts.put("xpcall", "local function f() while true do end end while true do xpcall(f, f) end");
        scripts.put("overflow and continue", "local function f() pcall(f) f() end while true do pcall(f) end");
        scripts.put("index metamethod", "local t = setmetatable({}, {__index = function() while true do end end}) return t.x");
        scripts.put("tostring metamethod", "print(setmetatable({}, {__tostring = function() while true do end end}))");
        scripts.put("index loops",
                "local t = {} setmetatable(t, {__index = t}) while true do pcall(function() return t.x end) end");
        scripts.put("index chain",
                "local t = {} for i = 1, 99 do t = setmetatable({}, {__index = t}) end while true do local x = t.x end");
        scripts.put("backtracking", "return ('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30))");
        scripts.put("backtracking of lists", "return ('a'):rep(100000):find('.-.-.-.-b')");
        scripts.put("backtracking of stars", "return ('a'):rep(100000):find('a*a*a*a*a*b')");
        scripts.put("backtracking sets", "return ('a'):rep(100000):find('[^b]*[^b]*[^b]*[^b]*b')");
        scripts.put("large sets", "return ('a'):rep(100000):find('[' .. ('b'):rep(100000) .. ']')");
        scripts.put("balance", "return ('('):rep(1000000):find('%b()')");
        scripts.put("captures", "return (('a'):rep(50000)):rep(2):find('(a+)b%1')");
        scripts.put("plain find", "return ('a'):rep(4000000):find(('a'):rep(2000000) .. 'b', 1, true)");
        scripts.put("gsub", "local s = ('a'):rep(1000000) while true do s:gsub('a', 'a') end");
        scripts.put("gsub function", "(('a'):rep(1000000)):gsub('a', function() while true do end end)");
        scripts.put("gmatch", "while true do for c in ('a'):rep(1000000):gmatch('.') do end end");
        scripts.put("rep", "while true do local s = ('a'):rep(10000000) end");
        scripts.put("rep empty", "while true do local s = (''):rep(1e18) end");
        scripts.put("rep with separator",
                "return (''):rep(1e8, '') and ('a'):rep(1e6, 'b') and (function() while true do end end)()");
        scripts.put("concat", "local t = {} for i = 1, 100000 do t[i] = 'a' end while true do table.concat(t) end");
        scripts.put("concat range",
                "return table.concat(setmetatable({}, {__index = function() return 'a' end}), '', 1, 1e18)");
        scripts.put("concat empty",
                "local t = {''} return table.concat(t, '', 1, 1) and (function() while true do t[1] = t[1] .. '' end end)()");
        scripts.put("sort",
                "local t = {} for i = 1, 100000 do t[i] = i end while true do table.sort(t, function(a, b) return true end) end");
        scripts.put("sort random", "local t = {} for i = 1, 100000 do t[i] = i end "
                + "while true do table.sort(t, function() return math.random() < 0.5 end) end");
        scripts.put("sort with __len",
                "table.sort(setmetatable({}, {__len = function() return 1e8 end}), function() return false end) while true do end");
        scripts.put("insert", "local t = {} while true do table.insert(t, 1, 1) if #t > 100000 then t = {} end end");
        scripts.put("insert with __len", "table.insert(setmetatable({}, {__len = function() return 1e15 end}), 1, 1)");
        scripts.put("remove with __len", "table.remove(setmetatable({}, {__len = function() return 1e15 end}), 1)");
        scripts.put("remove",
                "local t = {} for i = 1, 100000 do t[i] = i end while true do table.insert(t, table.remove(t, 1)) end");
        scripts.put("unpack", "local t = {} while true do select('#', table.unpack(t, 1, 100000)) end");
        scripts.put("select",
                "local function f(...) while true do local x = select(-1, ...) end end f(table.unpack({}, 1, 100000))");
        scripts.put("byte", "local s = ('a'):rep(100000) while true do s:byte(1, -1) end");
        scripts.put("char", "local s = {('a'):rep(10000):byte(1, -1)} while true do string.char(table.unpack(s)) end");
        scripts.put("reverse", "local s = ('a'):rep(1000000) while true do s:reverse() end");
        scripts.put("upper", "local s = ('a'):rep(1000000) while true do s:upper() end");
        scripts.put("compare",
                "local a, b = ('a'):rep(1000000) .. 'a', ('a'):rep(1000000) .. 'b' while true do local x = a < b end");
        scripts.put("equal",
                "local a, b = ('a'):rep(1000000) .. 'a', ('a'):rep(1000000) .. 'b' while true do local x = a == b end");
        scripts.put("equal keys", "local a, b = ('a'):rep(1000000) .. 'a', ('a'):rep(1000000) .. 'a' local t = {[a] = 1} "
                + "while true do local x = t[b] end");
        scripts.put("format", "local s = ('%99.99f'):rep(100) local t = {} for i = 1, 100 do t[i] = 1e308 end "
                + "while true do string.format(s, table.unpack(t)) end");
        scripts.put("tonumber", "local s = ('1'):rep(1000000) while true do tonumber(s) tonumber(s, 10) end");
        scripts.put("spaces", "local s = (' '):rep(1000000) while true do tonumber(s) end");
        scripts.put("arithmetic of text", "local s = (' '):rep(1000000) .. '1' while true do local x = s + 1 end");
        scripts.put("next", "local t = {} for i = 1, 10000 do t['k' .. i] = 1 end for i = 1, 10000 do t['k' .. i] = nil end "
                + "while true do next(t) end");
        scripts.put("pairs of cleared",
                "local t = {} for i = 1, 10000 do t['k' .. i] = 1 end for i = 1, 10000 do t['k' .. i] = nil end "
                        + "while true do for k in pairs(t) do end end");
        scripts.put("keys of one hash",
                "local t = {} local function add(p, n) if n == 0 then t[p] = 1 return end add(p .. 'Aa', n - 1) "
                        + "add(p .. 'BB', n - 1) end add('', 13) while true do add('', 13) end");
        scripts.put("garbage", "while true do local t = {{}, {}, {}} end");
        scripts.put("garbage beside much",
                "local keep = {} for i = 1, 100000 do keep[i] = {i} end while true do local t = {{}, {}, {}} end");
        scripts.put("date", "local s = ('%c'):rep(10000) while true do os.date(s) end");
        scripts.put("maximum", "local t = {} for i = 1, 100000 do t[i] = i end while true do math.max(table.unpack(t)) end");
        return scripts;
    }
}
