-- The authority has no place though we thought so: somebody else has it. It is given back, and for a while no more are asked for
-- than we have.
-- @key leases        sorted set: who has a place → until when, ms
-- @key limit         hash: `free_for_us`, `until`, `refusals` in a row
-- @arg holder        who was refused
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
