local s = 0
for i = 1, 10000000 do s = s + i % 7 * 2 - i / 3 end
local x = 0
while x < 3000000 do x = x + 1 if x % 2 == 0 then s = s + 1 end end
return s
