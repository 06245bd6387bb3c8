-- A job that failed is tried again later, unless another ticket holds it by now.
-- @key record   hash: the job's record
-- @arg id       of the job
-- @arg turn     `<ticket>/<stalls>` that it was taken with
-- @arg delayMs
-- @arg prefix   of all keys of the relay
if redis.call('HGET', record, 'turn') ~= turn then return 0 end
local clock = redis.call('TIME')
redis.call('HINCRBY', record, 'failures', 1)
fairQueue(prefix).retryLater(id, clock[1] * 1000 + math.floor(clock[2] / 1000) + delayMs)
return 1
