-- A job that failed is tried again later, unless another ticket holds it by now.
-- KEYS[1]  hash: the job's record
-- ARGV     the job's id, `<ticket>/<stalls>` that it was taken with, ms until then, prefix as `fairQueue` (fair-queue.lua) has it
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[2] then return 0 end
local clock = redis.call('TIME')
redis.call('HINCRBY', KEYS[1], 'failures', 1)
fairQueue({}, {ARGV[4]}).retryLater(ARGV[1], clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[3])
return 1
