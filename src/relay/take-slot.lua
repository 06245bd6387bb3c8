-- A slot of every bucket that a call is paid from, or of none: `budget` is budget.lua.
-- @key bucket     that of all calls, or the only one. Interactive calls reserve its slots ahead
-- @key beside?    that of the call's group. Taken only when it has a slot at once: a GCRA bucket is one time, the next call's, so a
--                 slot reserved in the overall bucket for when the group has one would keep the calls of other groups waiting
-- @arg lane       'interactive' | 'bulk'
-- @arg perCallMs  these, and `first` and `second`: as budget.lua has them, of `bucket`
-- @arg size
-- @arg unspent
-- @arg first
-- @arg second
-- @arg ...own     the first three of these, of `beside`
-- @return {ms to wait for the slot taken, or -1 - ms to ask again after when none was taken; how often the authority has refused
--         calls to these buckets}
local function spend() return budget(bucket, lane, perCallMs, size, unspent, first, second) end
if not beside then return spend() end

local held = budget(beside, 'look', own[1], own[2], own[3], lane, second)
if held[1] > 0 then return {-1 - held[1], held[2]} end
local taken = spend()
if taken[1] < 0 then return taken end
-- As of the time when the call is made, which is later where the slot was reserved ahead.
local also = budget(beside, lane, own[1], own[2], own[3], first, lane == 'bulk' and second or taken[1])
return {taken[1], taken[2] + also[2]}
