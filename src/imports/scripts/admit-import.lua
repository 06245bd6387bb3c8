-- Lets a tenant begin another import, unless it has as many under way as it may have.
-- @key open      sorted set: id of an import that has not ended → until when that counts, ms
-- @arg id
-- @arg limit     how many there may be
-- @arg leaseMs   how long an upload counts without a word of it
-- @arg beside    id of an import, or '': while that is under way, one more is allowed
-- @return 1 | 0
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', open, '-inf', now)
local most = tonumber(limit)
if beside ~= '' and redis.call('ZSCORE', open, beside) then most = most + 1 end
local counted = redis.call('ZSCORE', open, id)
-- It is an import by now.
if counted == 'inf' then return 1 end
if not counted and redis.call('ZCARD', open) >= most then return 0 end
redis.call('ZADD', open, now + tonumber(leaseMs), id)
return 1
