-- Auth0 refused a job although we had a slot: someone else has jobs running. Gives the slot back, and for a pause allows no more
-- slots than we hold.
-- @key leases        sorted set: holder of a slot → expiry, ms
-- @key limit         hash: `free_for_us`, `until`, `refusals` in a row
-- @arg holder        whose job was refused
-- @arg firstPauseMs
-- @arg longestPauseMs
-- @return the pause, ms
redis.call('ZREM', leases, holder)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
local refusals = redis.call('HINCRBY', limit, 'refusals', 1)
local pause = math.min(tonumber(longestPauseMs), tonumber(firstPauseMs) * 2 ^ math.min(refusals - 1, 20))
redis.call('HSET', limit, 'free_for_us', redis.call('ZCARD', leases), 'until', now + pause)
return pause
