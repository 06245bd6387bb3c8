-- Lets a tenant begin another import, unless it has as many under way as it may have.
-- KEYS[1]  sorted set: id of an import that has not ended → until when that counts, ms
-- ARGV[1]  id   ARGV[2] how many there may be   ARGV[3] how long an upload counts without a word of it, ms
-- ARGV[4]  id of an import, or empty: while that is under way, one more is allowed
-- Returns  1 | 0
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local most = tonumber(ARGV[2])
if ARGV[4] ~= '' and redis.call('ZSCORE', KEYS[1], ARGV[4]) then most = most + 1 end
local counted = redis.call('ZSCORE', KEYS[1], ARGV[1])
-- It is an import by now.
if counted == 'inf' then return 1 end
if not counted and redis.call('ZCARD', KEYS[1]) >= most then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
return 1
