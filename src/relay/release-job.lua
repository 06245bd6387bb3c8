-- Queues a reserved job, if its deadline has not passed: from then on it is executed. Uses Redis' clock, so that a late command (Redis
-- stalled, a connection came back) does nothing, whatever the clocks of API and workers say.
-- `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- @key record   hash: the job's record
-- @arg id       of the job
-- @arg ticket   that it was reserved with
-- @arg keepMs   lifetime of its record
-- @arg prefix   of all relay keys
-- @return 1 when it is released, by this call or before; 0 when it is not, and never will be with this ticket; -1 when it is gone
local of = redis.call('HMGET', record, 'operation', 'release_by', 'ticket', 'flow')
if not of[1] then return -1 end
if not of[2] then return 1 end
local clock = redis.call('TIME')
if of[3] ~= ticket or clock[1] * 1000 + math.floor(clock[2] / 1000) > tonumber(of[2]) then return 0 end
redis.call('HDEL', record, 'release_by')
redis.call('PEXPIRE', record, keepMs)
pendingJobs(prefix).keep(of[4], id, keepMs)
fairQueue(prefix).requeue(id)
return 1
