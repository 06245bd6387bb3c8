-- Admits another import of a tenant, unless its limit of open imports is reached.
-- @key open      sorted set: id of an open import → expiry of its entry, ms
-- @arg id
-- @arg limit     most open imports
-- @arg leaseMs   lifetime of an upload whose lease is not renewed
-- @arg beside    id of an import, or '': while it is open, one more is allowed
-- @return 1 | 0
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', open, '-inf', now)
local most = tonumber(limit)
if beside ~= '' and redis.call('ZSCORE', open, beside) then most = most + 1 end
local counted = redis.call('ZSCORE', open, id)
-- The upload has become an import.
if counted == 'inf' then return 1 end
if not counted and redis.call('ZCARD', open) >= most then return 0 end
redis.call('ZADD', open, now + tonumber(leaseMs), id)
return 1
