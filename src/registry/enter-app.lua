-- Enters an app, unless its registration was given up meanwhile.
-- @key clients         hash: client id → its entry
-- @key apps            sorted set: app → when it registered, ms
-- @key metadata        hash: client id → what it registered, sealed
-- @key reviews         sorted set: app → when it is looked at, ms
-- @key newestAlike     hash: what is alike → the newest app
-- @key registration    string: what became of it
-- @key changes         stream
-- @key appsOfTenant    sorted set: apps of the tenant that vouched for it
-- @key documentApps    hash: id at the authority → client id
-- @key outbox          stream
-- @key vouched         set: apps that somebody vouched for
-- @key vouchedByTenant set: those of them that this tenant vouched for
-- @arg now             ms since 1970
-- @arg channel         where changes are announced
-- @arg maxChanges      how many changes are kept
-- @arg id              of its client
-- @arg app             its entry
-- @arg registered      its metadata, sealed
-- @arg alike           hash of what is alike ('' none)
-- @arg reviewAt        when it is looked at first, ms
-- @arg rememberedMs    how long a registration is remembered
-- @arg hasTenant       '1': a tenant vouched for it
-- @arg authorityId     its id at the authority, where that is another one; else ''
-- @arg event           tells of it ('' none)
-- @arg isVouched       '1': somebody vouched for it, so it has one of the places that are kept for such
-- @return 1, or 0 when nobody wants it any more
if string.sub(redis.call('GET', registration) or '', 1, 9) == 'abandoned' then return 0 end
redis.call('SET', registration, id, 'PX', rememberedMs)
redis.call('HSET', clients, id, app)
redis.call('ZADD', apps, now, id)
redis.call('HSET', metadata, id, registered)
redis.call('ZADD', reviews, reviewAt, id)
if alike ~= '' then
  local earlier = redis.call('HGET', newestAlike, alike)
  if earlier then redis.call('ZADD', reviews, 'XX', 'LT', reviewAt, earlier) end
  redis.call('HSET', newestAlike, alike, id)
end
if authorityId ~= '' then redis.call('HSET', documentApps, authorityId, id) end
if hasTenant == '1' then
  redis.call('ZADD', appsOfTenant, now, id)
  redis.call('SADD', vouchedByTenant, id)
end
if isVouched == '1' then redis.call('SADD', vouched, id) end
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'client', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'client')
return 1
