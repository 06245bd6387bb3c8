-- Notes how a try to verify a webhook went, unless it was removed or another verification has begun meanwhile.
-- @key webhooks      hash: the tenant's, by id
-- @key state         hash: how it stands
-- @key log           list: tries
-- @key outbox        stream
-- @arg id
-- @arg verification  id of it
-- @arg delivery      the try, as text
-- @arg logLength     how many tries are kept
-- @arg nextAt        when it is tried again, ms ('' not)
-- @arg event         tells that it failed ('' none)
if redis.call('HEXISTS', webhooks, id) == 0 or redis.call('HGET', state, 'verification') ~= verification then return 0 end
redis.call('LPUSH', log, delivery)
redis.call('LTRIM', log, 0, logLength - 1)
redis.call('HINCRBY', state, 'verification_tries', 1)
if nextAt == '' then redis.call('HDEL', state, 'verification_at') else redis.call('HSET', state, 'verification_at', nextAt) end
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
return 1
