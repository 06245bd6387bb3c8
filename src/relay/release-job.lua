-- Puts a job that was reserved into its caller's queue, if its time has not passed: from then on it is done. By Redis' own clock, so
-- that what arrives late (Redis stood still, a connection came back) does nothing, whatever the clocks of API and workers say.
-- `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- KEYS[1]  hash: the job's record
-- ARGV     the job's id, ticket that it was reserved with, how long its record is kept, ms, prefix as `fairQueue` has it
-- Returns  1 when it is released, by this call or before; 0 when it is not, and never will be by this ticket; -1 when it is gone
local of = redis.call('HMGET', KEYS[1], 'operation', 'release_by', 'ticket', 'flow')
if not of[1] then return -1 end
if not of[2] then return 1 end
local clock = redis.call('TIME')
if of[3] ~= ARGV[2] or clock[1] * 1000 + math.floor(clock[2] / 1000) > tonumber(of[2]) then return 0 end
redis.call('HDEL', KEYS[1], 'release_by')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
pendingJobs({}, {ARGV[4]}).keep(of[4], ARGV[1], ARGV[3])
fairQueue({}, {ARGV[4]}).requeue(ARGV[1])
return 1
