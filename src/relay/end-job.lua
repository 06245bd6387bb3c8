-- Stores how a job ended, once: whoever comes later with another end (its worker stood still, and a second one took over) is not heard.
-- KEYS[1]  hash: the job's record
-- ARGV[1]  channel that tells of it
-- ARGV[2]  what is told there: the job's id, and its end where that is small
-- ARGV[3]  how long the record is kept, ms
-- ARGV[4]  '1' when its input goes
-- ARGV[5…] fields and values
-- Returns  1; 0 when it had ended already, or is gone
local known = redis.call('HMGET', KEYS[1], 'operation', 'finished')
if not known[1] or known[2] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
if ARGV[4] == '1' then redis.call('HDEL', KEYS[1], 'input') end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
