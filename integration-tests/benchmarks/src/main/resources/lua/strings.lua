local parts = {}
for i = 1, 50000 do parts[#parts+1] = string.format("%d:%s", i, ("x"):rep(i % 10)) end
local s = table.concat(parts, ",")
local n = 0
for a, b in s:gmatch("(%d+):(x*)") do n = n + #b + tonumber(a) end
s = s:gsub("x+", function(m) return #m end)
for i = 1, 100000 do local c = s:sub(i % 1000 + 1, i % 1000 + 5):upper():lower() n = n + #c + c:byte(1) end
local acc = ""
for i = 1, 5000 do acc = acc .. i end
return n + #acc
