-- Lets one more caller wait for a read of which no call was sent yet: what it answers is then as new as an own one's.
-- KEYS[1]  hash: the job's record
-- Returns  1; 0 when it is too late
if redis.call('HGET', KEYS[1], 'status') ~= 'queued' then return 0 end
redis.call('HSET', KEYS[1], 'shared', '1')
return 1
