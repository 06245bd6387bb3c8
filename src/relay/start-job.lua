-- Just before a call is sent: marks the job's record as started, unless the job was cancelled.
-- @key record   hash: the job's record
-- @key flight?  for a read: hash: the job that does it and has sent no call yet; from now on it is not shared
-- @arg id       of the job
-- @arg isWrite  '1' before a call that changes something
-- @return 1; 0 when the job was cancelled
if redis.call('EXISTS', record) == 0 then return 0 end
redis.call('HSET', record, 'status', 'running')
if isWrite == '1' then redis.call('HSET', record, 'sent', '1') end
if flight and redis.call('HGET', flight, 'id') == id then redis.call('DEL', flight) end
return 1
