-- Stores a new app, unless its registration was abandoned meanwhile.
-- @key clients         hash: client id → its entry
-- @key apps            sorted set: app → when it registered, ms
-- @key metadata        hash: client id → its client metadata, encrypted
-- @key reviews         sorted set: app → time of its next review, ms
-- @key newestAlike     hash: `alike` hash → the newest app
-- @key registration    string: state of the registration
-- @key changes         stream
-- @key appsOfTenant    sorted set: apps of the tenant that vouched for it
-- @key documentApps    hash: id at the authority → client id
-- @key outbox          stream
-- @key vouched         set: apps that were vouched for
-- @key vouchedByTenant set: those that this tenant vouched for
-- @arg now             ms since 1970
-- @arg channel         pub/sub channel for notifications of changes
-- @arg maxChanges      maximum length of the stream of changes
-- @arg id              client id
-- @arg app             its entry
-- @arg registered      its client metadata, encrypted
-- @arg alike           hash of its metadata and address ('' none)
-- @arg reviewAt        time of its first review, ms
-- @arg rememberedMs    TTL of the registration's state
-- @arg hasTenant       '1': a tenant vouched for it
-- @arg authorityId     its id at the authority if that differs; else ''
-- @arg event           JSON text ('' none)
-- @arg isVouched       '1': it was vouched for, so it takes one of the places reserved for such apps
-- @return 1; 0 when its registration was abandoned
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
