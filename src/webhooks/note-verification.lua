-- Records the result of a verification attempt, unless the webhook was deleted or another verification has begun meanwhile.
-- @key webhooks      hash: the tenant's, by id
-- @key state         hash: its state
-- @key log           list: attempts
-- @key outbox        stream
-- @arg id
-- @arg verification  its id
-- @arg delivery      the attempt, as text
-- @arg logLength     number of attempts kept
-- @arg nextAt        when it is attempted again, ms ('' not)
-- @arg event         reports the failure ('' none)
if redis.call('HEXISTS', webhooks, id) == 0 or redis.call('HGET', state, 'verification') ~= verification then return 0 end
redis.call('LPUSH', log, delivery)
redis.call('LTRIM', log, 0, logLength - 1)
redis.call('HINCRBY', state, 'verification_tries', 1)
if nextAt == '' then redis.call('HDEL', state, 'verification_at') else redis.call('HSET', state, 'verification_at', nextAt) end
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
return 1
