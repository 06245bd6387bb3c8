-- The authority has no place though we thought so: somebody else has it. It is given back, and for a while no more are asked for
-- than we have.
-- KEYS[1]  sorted set: who has a place → until when, ms
-- KEYS[2]  hash: `free_for_us`, `until`, `refusals` in a row
-- ARGV[1]  who was refused   ARGV[2] first pause, ms   ARGV[3] longest, ms
-- Returns  the pause, ms
redis.call('ZREM', KEYS[1], ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local refusals = redis.call('HINCRBY', KEYS[2], 'refusals', 1)
local pause = math.min(tonumber(ARGV[3]), tonumber(ARGV[2]) * 2 ^ math.min(refusals - 1, 20))
redis.call('HSET', KEYS[2], 'free_for_us', redis.call('ZCARD', KEYS[1]), 'until', now + pause)
return pause
