-- Stores a tenant's decision on an app, unless the app has changed since the tenant saw it.
-- @key clients       hash: client id → its entry
-- @key decisions     hash: tenant → its decision on the app
-- @key appsOfTenant  sorted set: app → when it was added, ms
-- @key changes       stream
-- @key outbox        stream
-- @arg channel       pub/sub channel for notifications of changes
-- @arg maxChanges    maximum length of the stream of changes
-- @arg id            client id of the app
-- @arg app           its expected entry
-- @arg tenantId
-- @arg decision      '' withdrawn
-- @arg now           ms since 1970
-- @arg event         JSON text
-- @return 1; 0 when the app has changed
if redis.call('HGET', clients, id) ~= app then return 0 end
if decision == '' then redis.call('HDEL', decisions, tenantId) else redis.call('HSET', decisions, tenantId, decision) end
redis.call('ZADD', appsOfTenant, 'NX', now, id)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'decision', tenantId .. ' ' .. id)
redis.call('XADD', outbox, '*', 'e', event)
redis.call('PUBLISH', channel, 'decision')
return 1
