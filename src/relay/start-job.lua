-- Just before a call is sent: says so in the job's record, unless nobody wants it any more.
-- @key record   hash: the job's record
-- @key flight?  of a look-up: hash: the job that does it and has sent no call yet; from now on it is shared with nobody
-- @arg id       of the job
-- @arg isWrite  '1' before a call that changes something
-- @return 1; 0 when the job was cancelled
if redis.call('EXISTS', record) == 0 then return 0 end
redis.call('HSET', record, 'status', 'running')
if isWrite == '1' then redis.call('HSET', record, 'sent', '1') end
if flight and redis.call('HGET', flight, 'id') == id then redis.call('DEL', flight) end
return 1
