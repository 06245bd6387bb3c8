-- Takes events over from the audit log to what a webhook is still to be told, if nobody else has meanwhile.
-- @key webhooks   hash: the tenant's, by id
-- @key allDue     sorted set: webhooks of all tenants → when each is due, ms
-- @key state      hash: how it stands
-- @key due        sorted set: event → when it is tried, ms
-- @key outbox     stream
-- @arg tenantId
-- @arg id
-- @arg from       up to where events were taken over, as read
-- @arg cursor     up to where they are now
-- @arg seq        and the number of that event
-- @arg now        ms since 1970
-- @arg skipped    the event that tells that some were gone from the audit log before ('' none)
-- @arg ...events  of each: when it is tried, ms, the event
-- @return 1; 0 when it is gone, or was set back
if redis.call('HEXISTS', webhooks, id) == 0 or redis.call('HGET', state, 'cursor') ~= from then return 0 end
redis.call('HSET', state, 'cursor', cursor, 'cursor_seq', seq)
for i = 1, #events, 2 do redis.call('ZADD', due, 'NX', events[i], events[i + 1]) end
if #events > 0 then redis.call('ZADD', allDue, now, tenantId .. ' ' .. id) end
if skipped ~= '' then redis.call('XADD', outbox, '*', 'e', skipped) end
return 1
