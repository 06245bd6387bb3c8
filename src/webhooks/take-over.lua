-- Takes events over from the audit log to a webhook's pending events, unless another process did meanwhile.
-- @key webhooks   hash: the tenant's, by id
-- @key allDue     sorted set: webhooks of all tenants → when each is scheduled, ms
-- @key state      hash: its state
-- @key due        sorted set: event → when its next attempt is scheduled, ms
-- @key outbox     stream
-- @arg tenantId
-- @arg id
-- @arg from       cursor as read
-- @arg cursor     new cursor
-- @arg seq        number of the event at the new cursor
-- @arg now        ms since 1970
-- @arg skipped    event that reports events which left the audit log first ('' none)
-- @arg ...events  for each: time of its attempt, ms, and the event
-- @return 1; 0 when the webhook was deleted or its cursor set back
if redis.call('HEXISTS', webhooks, id) == 0 or redis.call('HGET', state, 'cursor') ~= from then return 0 end
redis.call('HSET', state, 'cursor', cursor, 'cursor_seq', seq)
for i = 1, #events, 2 do redis.call('ZADD', due, 'NX', events[i], events[i + 1]) end
if #events > 0 then redis.call('ZADD', allDue, now, tenantId .. ' ' .. id) end
if skipped ~= '' then redis.call('XADD', outbox, '*', 'e', skipped) end
return 1
