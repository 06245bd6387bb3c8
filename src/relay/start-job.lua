-- Just before a call is sent: says so in the job's record, unless nobody wants it any more.
-- KEYS[1]  hash: the job's record
-- KEYS[2]  of a look-up: hash: the job that does it and has sent no call yet; from now on it is shared with nobody
-- ARGV[1]  the job's id
-- ARGV[2]  '1' before a call that changes something
-- Returns  1; 0 when the job was cancelled
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'status', 'running')
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'sent', '1') end
if KEYS[2] and redis.call('HGET', KEYS[2], 'id') == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
