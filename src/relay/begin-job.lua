-- Reads what is to be done for a job, and takes the slot of its first call along: nearly always something is to be done. A read that
-- has its slot is under way from then on.
-- KEYS[1]  hash: the job's record
-- KEYS[2]  the budget's bucket that its first call is paid from; left out: not known, so no slot is taken
-- ARGV[1]  the job's id
-- ARGV[2]  '1' when that call changes nothing
-- ARGV[3…] of the slot, as `budget` (budget.lua) has it; `start` is start-job.lua
-- Returns  {the record's fields and values, ms to wait for the slot, refusals so far}; without a slot only the first
local record = redis.call('HGETALL', KEYS[1])
local known = redis.call('HMGET', KEYS[1], 'operation', 'finished', 'sent', 'flight')
-- Of one whose call may have been made it is not known what comes first.
if not KEYS[2] or not known[1] or known[2] or known[3] then return {record} end
local slot = budget({KEYS[2]}, {unpack(ARGV, 3)})
-- The look-up's place is in the slot of all relay jobs, as the job is.
if slot[1] <= 0 and ARGV[2] == '1' then start({KEYS[1], known[4]}, {ARGV[1], '0'}) end
return {record, slot[1], slot[2]}
