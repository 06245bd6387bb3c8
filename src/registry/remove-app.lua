-- Removes an app and all its data, and schedules the deletion of its client at the authority.
-- @key clients         hash: client id → its entry
-- @key apps            sorted set: app → when it registered, ms
-- @key metadata        hash: client id → its client metadata, encrypted
-- @key use             hash
-- @key reviews         sorted set: app → time of its next review, ms
-- @key newestAlike     hash: `alike` hash → the newest app
-- @key decisions       hash: tenant → its decision on the app
-- @key toDelete        sorted set: clients still to be deleted at the authority
-- @key changes         stream
-- @key documentApps    hash: id at the authority → client id
-- @key outbox          stream
-- @key consented       set: users whose consent has been recorded
-- @key vouched         set: apps that were vouched for
-- @key vouchedByTenant set: those that its tenant vouched for
-- @arg now             ms since 1970
-- @arg channel         pub/sub channel for notifications of changes
-- @arg maxChanges      maximum length of the stream of changes
-- @arg id              client id
-- @arg was             its expected entry
-- @arg alike           hash of its metadata and address ('' none)
-- @arg authorityId     its id at the authority
-- @arg event           JSON text ('' none)
-- @return 1; 0 when it has changed since it was read
if redis.call('HGET', clients, id) ~= was then return 0 end
redis.call('HDEL', clients, id)
redis.call('ZREM', apps, id)
redis.call('HDEL', metadata, id)
redis.call('HDEL', use, id .. ':last', id .. ':until')
redis.call('ZREM', reviews, id)
if alike ~= '' and redis.call('HGET', newestAlike, alike) == id then redis.call('HDEL', newestAlike, alike) end
redis.call('DEL', decisions, consented)
redis.call('ZADD', toDelete, now, authorityId)
redis.call('HDEL', documentApps, authorityId)
redis.call('SREM', vouched, id)
redis.call('SREM', vouchedByTenant, id)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'client', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'client')
return 1
