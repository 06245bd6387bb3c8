-- Says that a request with an idempotency key is still running.
-- @key request  hash of the request, see begin-keyed-request.lua
-- @arg attempt  who began it
-- @arg leaseMs  how long it is taken to run without a renewal
local known = redis.call('HMGET', request, 'attempt', 'state')
if known[1] ~= attempt or known[2] ~= 'running' then return end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', request, 'until', string.format('%.0f', now + leaseMs))
