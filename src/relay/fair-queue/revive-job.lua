-- Queues a dead letter again, as a new job. It counts as pending, and is never refused.
-- `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- @key record   hash: the job's record
-- @arg id       of the job
-- @arg keepMs   lifetime of its record
-- @arg prefix   of all relay keys
local of = redis.call('HMGET', record, 'flow', 'caller')
if not of[1] then return 0 end
redis.call('HDEL', record, 'turn', 'failures', 'crashes')
redis.call('PEXPIRE', record, keepMs)
pendingJobs(prefix).admit(of[1], of[2], id, redis.call('HSTRLEN', record, 'input'), keepMs)
fairQueue(prefix).requeue(id)
return 1
