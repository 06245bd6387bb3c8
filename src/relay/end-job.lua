-- Stores how a job ended, once: whoever comes later with another end (its worker stood still, and a second one took over) is not heard.
-- `discharge` is discharge-job.lua.
-- KEYS[1]  hash: the job's record
-- KEYS[2]  of a look-up: hash: the job that does it and has sent no call yet
-- ARGV[1]  the job's id
-- ARGV[2]  channel that tells of it
-- ARGV[3]  what is told there: the job's id, and its end where that is small
-- ARGV[4]  how long the record is kept, ms
-- ARGV[5]  '1' when its input goes
-- ARGV[6…] fields and values
-- Returns  1; 0 when it had ended already, or is gone
local known = redis.call('HMGET', KEYS[1], 'operation', 'finished')
if not known[1] or known[2] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 6))
if ARGV[5] == '1' then redis.call('HDEL', KEYS[1], 'input') end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
-- One that failed before its call.
if KEYS[2] and redis.call('HGET', KEYS[2], 'id') == ARGV[1] then redis.call('DEL', KEYS[2]) end
discharge({KEYS[1]}, {ARGV[1]})
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1
