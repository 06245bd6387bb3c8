-- Ends a request with an idempotency key that has no answer.
-- @key request   hash of the request, see begin-keyed-request.lua
-- @key requests  zset: id of each request of the tenant → when it expires, ms
-- @arg id        of the request
-- @arg attempt   who began it
-- @arg isFree    '1': nothing was done, and the key can be used again; '': what was done is unknown
if redis.call('HGET', request, 'attempt') ~= attempt then return end
if isFree == '1' then
  redis.call('DEL', request)
  redis.call('ZREM', requests, id)
else
  redis.call('HSET', request, 'state', 'unknown')
  redis.call('HDEL', request, 'until')
end
