local t = {}
local seed = 42
for i = 1, 200000 do seed = (seed * 16807) % 2147483647 t[#t+1] = seed end
table.sort(t)
local u = {}
for i, v in ipairs(t) do u["k" .. v % 1000] = (u["k" .. v % 1000] or 0) + 1 end
local n = 0
for k, v in pairs(u) do n = n + v end
for i = 1, 100000 do table.insert(t, i) end
for i = 1, 100000 do table.remove(t) end
table.sort(t, function(a, b) return a > b end)
return n + #t
