-- A job that was taken off the dead letters waits again, as a new one. It counts as pending, and is never refused.
-- KEYS[1]  hash: the job's record
-- ARGV     the job's id, how long its record is kept, ms, prefix as `fairQueue` (fair-queue.lua) has it
-- `pendingJobs` is pending-jobs.lua
local of = redis.call('HMGET', KEYS[1], 'flow', 'caller')
if not of[1] then return 0 end
redis.call('HDEL', KEYS[1], 'turn', 'failures', 'crashes')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
pendingJobs({}, {ARGV[3]}).admit(of[1], of[2], ARGV[1], redis.call('HSTRLEN', KEYS[1], 'input'), ARGV[2])
fairQueue({}, {ARGV[3]}).requeue(ARGV[1])
return 1
