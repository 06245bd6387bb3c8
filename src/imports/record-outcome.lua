-- Gives a row its outcome, once, and counts it; ends the import with the last one.
-- KEYS[1]  hash: state of the import
-- KEYS[2]  hash: outcomes by row number
-- ARGV[1]  row number   ARGV[2] sealed outcome   ARGV[3] status   ARGV[4] now, ISO 8601   ARGV[5] keep, ms
-- Returns  1 when this outcome ended the import, else 0.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[1], ARGV[3], 1)
local total = tonumber(redis.call('HGET', KEYS[1], 'total'))
if redis.call('HLEN', KEYS[2]) < total then return 0 end
redis.call('HSET', KEYS[1], 'status', 'completed', 'completed_at', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1
