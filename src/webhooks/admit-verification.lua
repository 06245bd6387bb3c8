-- KEYS  1 counter   ARGV  1 how long it counts, ms  2 how many there may be in that time
-- Returns 0 when it was counted; or how long to wait, ms
if tonumber(redis.call('GET', KEYS[1]) or 0) >= tonumber(ARGV[2]) then return math.max(1, redis.call('PTTL', KEYS[1])) end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return 0
