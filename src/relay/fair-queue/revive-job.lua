-- A job that was taken off the dead letters waits again, as a new one. It counts as pending, and is never refused.
-- `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- @key record   hash: the job's record
-- @arg id       of the job
-- @arg keepMs   how long its record is kept
-- @arg prefix   of all keys of the relay
local of = redis.call('HMGET', record, 'flow', 'caller')
if not of[1] then return 0 end
redis.call('HDEL', record, 'turn', 'failures', 'crashes')
redis.call('PEXPIRE', record, keepMs)
pendingJobs(prefix).admit(of[1], of[2], id, redis.call('HSTRLEN', record, 'input'), keepMs)
fairQueue(prefix).requeue(id)
return 1
