-- Records the result of a delivery attempt, unless the webhook was deleted meanwhile.
-- @key webhooks     hash: the tenant's, by id
-- @key state        hash: its state
-- @key due          sorted set: event → when its next attempt is scheduled, ms
-- @key tries        hash: event → number of attempts
-- @key log          list: attempts
-- @arg id
-- @arg event
-- @arg delivery     the attempt, as text
-- @arg logLength    number of attempts kept
-- @arg now          ms since 1970
-- @arg result       'delivered' | 'failed' | 'given_up'
-- @arg nextAt       when the event is attempted again, ms ('' in order)
-- @arg pausedUntil  the webhook's pause, ms
-- @arg askedUntil   end of the endpoint's Retry-After, ms ('' none)
-- @return since when no delivery has succeeded, ms; 0 when one has
if redis.call('HEXISTS', webhooks, id) == 0 then return 0 end
redis.call('LPUSH', log, delivery)
redis.call('LTRIM', log, 0, logLength - 1)
if result == 'failed' then
  -- A dropped event has no attempts any more.
  if redis.call('ZSCORE', due, event) then redis.call('HINCRBY', tries, event, 1) end
  if nextAt ~= '' then redis.call('ZADD', due, 'XX', nextAt, event) end
else
  redis.call('ZREM', due, event)
  redis.call('HDEL', tries, event)
end
-- Several attempts run concurrently: a success of another one, or its shorter Retry-After, does not undo this one.
if askedUntil ~= '' then
  local before = tonumber(redis.call('HGET', state, 'asked_until') or 0)
  if tonumber(askedUntil) > before then redis.call('HSET', state, 'asked_until', askedUntil) end
end
if result == 'delivered' then
  redis.call('HDEL', state, 'failing_since', 'paused_until')
  return 0
end
redis.call('HSETNX', state, 'failing_since', now)
redis.call('HSET', state, 'paused_until', pausedUntil)
return tonumber(redis.call('HGET', state, 'failing_since'))
