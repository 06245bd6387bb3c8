-- Removes an app and all that is known of it. Its client is still to be deleted at the authority.
-- @key clients         hash: client id → its entry
-- @key apps            sorted set: app → when it registered, ms
-- @key metadata        hash: client id → what it registered, sealed
-- @key use             hash
-- @key reviews         sorted set: app → when it is looked at, ms
-- @key newestAlike     hash: what is alike → the newest app
-- @key decisions       hash: tenant → its decision on the app
-- @key leaving         sorted set: clients still to be deleted at the authority
-- @key changes         stream
-- @key documentApps    hash: id at the authority → client id
-- @key outbox          stream
-- @key consented       set: users of whose consent was told
-- @key vouched         set: apps that somebody vouched for
-- @key vouchedByTenant set: those of them that its tenant vouched for
-- @arg now             ms since 1970
-- @arg channel         where changes are announced
-- @arg maxChanges      how many changes are kept
-- @arg id              of its client
-- @arg was             its entry as it was
-- @arg alike           hash of what is alike ('' none)
-- @arg authorityId     its id at the authority
-- @arg event           tells of it ('' none)
-- @return 1, or 0 when it is not any more as it was read
if redis.call('HGET', clients, id) ~= was then return 0 end
redis.call('HDEL', clients, id)
redis.call('ZREM', apps, id)
redis.call('HDEL', metadata, id)
redis.call('HDEL', use, id .. ':last', id .. ':until')
redis.call('ZREM', reviews, id)
if alike ~= '' and redis.call('HGET', newestAlike, alike) == id then redis.call('HDEL', newestAlike, alike) end
redis.call('DEL', decisions, consented)
redis.call('ZADD', leaving, now, authorityId)
redis.call('HDEL', documentApps, authorityId)
redis.call('SREM', vouched, id)
redis.call('SREM', vouchedByTenant, id)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'client', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'client')
return 1
