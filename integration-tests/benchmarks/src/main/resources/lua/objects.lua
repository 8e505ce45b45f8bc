local Account = {} Account.__index = Account
function Account.new(b) return setmetatable({balance = b, log = {}}, Account) end
function Account:deposit(v) self.balance = self.balance + v end
function Account:get() return self.balance end
local function counter() local c = 0 return function(n) c = c + n return c end end
local total = 0
for i = 1, 300000 do
  local a = Account.new(i)
  a:deposit(5) a:deposit(7)
  local c = counter()
  for j = 1, 5 do c(j) end
  total = total + a:get() + c(1)
end
return total
