-- KEYS  1 token   ARGV  1 now, ms
-- Returns 1 when it counts for one more app.
local max, uses, ends = unpack(redis.call('HMGET', KEYS[1], 'max_uses', 'uses', 'expires'))
if not max or tonumber(ends) <= tonumber(ARGV[1]) or tonumber(uses) >= tonumber(max) then return 0 end
redis.call('HINCRBY', KEYS[1], 'uses', 1)
return 1
