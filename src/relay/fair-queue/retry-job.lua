-- Schedules another attempt of a job, unless another ticket holds it meanwhile.
-- @key record   hash: the job's record
-- @arg id       of the job
-- @arg turn     `<ticket>/<stalls>` that it was taken with
-- @arg delayMs
-- @arg isFailure '1': the attempt has failed
-- @arg prefix   of all relay keys
if redis.call('HGET', record, 'turn') ~= turn then return 0 end
local clock = redis.call('TIME')
if isFailure == '1' then redis.call('HINCRBY', record, 'failures', 1) end
fairQueue(prefix).retryLater(id, clock[1] * 1000 + math.floor(clock[2] / 1000) + delayMs)
return 1
