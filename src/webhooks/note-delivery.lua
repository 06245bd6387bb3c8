-- Notes how a try went, unless the webhook was removed meanwhile.
-- @key webhooks     hash: the tenant's, by id
-- @key state        hash: how it stands
-- @key due          sorted set: event → when it is tried, ms
-- @key tries        hash: event → how often it was
-- @key log          list: tries
-- @arg id
-- @arg event
-- @arg delivery     the try, as text
-- @arg logLength    how many tries are kept
-- @arg now          ms since 1970
-- @arg result       'delivered' | 'failed' | 'given_up'
-- @arg nextAt       when the event is tried again, ms ('' in its turn)
-- @arg pausedUntil  the webhook's pause, ms
-- @arg askedUntil   until when its endpoint asked to be left alone, ms ('' it did not)
-- @return since when nothing has arrived, ms; 0 when something has
if redis.call('HEXISTS', webhooks, id) == 0 then return 0 end
redis.call('LPUSH', log, delivery)
redis.call('LTRIM', log, 0, logLength - 1)
if result == 'failed' then
  -- One that was dropped meanwhile has no tries any more.
  if redis.call('ZSCORE', due, event) then redis.call('HINCRBY', tries, event, 1) end
  if nextAt ~= '' then redis.call('ZADD', due, 'XX', nextAt, event) end
else
  redis.call('ZREM', due, event)
  redis.call('HDEL', tries, event)
end
-- Several are under way at a time: whatever else was delivered meanwhile, and however shortly another answer asks for.
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
