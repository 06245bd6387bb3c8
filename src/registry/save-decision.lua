-- Saves what a tenant decided on an app, if the app is still as it was when the tenant did.
-- @key clients       hash: client id → its entry
-- @key decisions     hash: tenant → its decision on the app
-- @key appsOfTenant  sorted set: app → when it came, ms
-- @key changes       stream
-- @key outbox        stream
-- @arg channel       where changes are announced
-- @arg maxChanges    how many changes are kept
-- @arg id            of the app's client
-- @arg app           its entry as it was
-- @arg tenantId
-- @arg decision      '' none any more
-- @arg now           ms since 1970
-- @arg event         tells of it
-- @return 1; 0 when the app has changed
if redis.call('HGET', clients, id) ~= app then return 0 end
if decision == '' then redis.call('HDEL', decisions, tenantId) else redis.call('HSET', decisions, tenantId, decision) end
redis.call('ZADD', appsOfTenant, 'NX', now, id)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'decision', tenantId .. ' ' .. id)
redis.call('XADD', outbox, '*', 'e', event)
redis.call('PUBLISH', channel, 'decision')
return 1
