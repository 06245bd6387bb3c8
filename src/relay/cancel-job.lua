-- Forgets a read whose only caller has hung up, when no call was sent yet.
-- KEYS[1]  hash: the job's record
-- Returns  1; 0 when it goes on
local state = redis.call('HMGET', KEYS[1], 'status', 'shared')
if state[1] ~= 'queued' or state[2] then return 0 end
redis.call('DEL', KEYS[1])
return 1
