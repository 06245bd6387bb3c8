-- Reserves a place for one more app before it is created, so that concurrent registrations cannot exceed a limit; and counts one use of its
-- initial access token.
-- @key apps             sorted set: app → when it registered, ms
-- @key unfinished       sorted set: registrations → start time, ms
-- @key vouched          set: apps and registrations that were vouched for
-- @key vouchedByTenant  set: those that this one's tenant vouched for
-- @key registration     string: state of the registration
-- @key token            hash: its initial access token
-- @arg now              ms since 1970
-- @arg id
-- @arg limit            maximum number of apps
-- @arg openLimit        maximum number of apps that nobody vouched for ('' this one was vouched for)
-- @arg tenantLimit      maximum number of apps that one tenant vouched for ('' no tenant vouches for this one)
-- @arg isWithToken      '1' | ''
-- @return 1; 0 when a limit is reached, or it was abandoned already; 2 when its token was removed, is used up or has expired
if string.sub(redis.call('GET', registration) or '', 1, 9) == 'abandoned' then return 0 end
if isWithToken == '1' then
  local max, uses, ends = unpack(redis.call('HMGET', token, 'max_uses', 'uses', 'expires'))
  if not max or tonumber(ends) <= tonumber(now) or tonumber(uses) >= tonumber(max) then return 2 end
end
local all = redis.call('ZCARD', apps) + redis.call('ZCARD', unfinished)
if all >= tonumber(limit) then return 0 end
if openLimit ~= '' and all - redis.call('SCARD', vouched) >= tonumber(openLimit) then return 0 end
if tenantLimit ~= '' then
  if redis.call('SCARD', vouchedByTenant) >= tonumber(tenantLimit) then return 0 end
  redis.call('SADD', vouchedByTenant, id)
end
redis.call('ZADD', unfinished, now, id)
if openLimit == '' then redis.call('SADD', vouched, id) end
if isWithToken == '1' then redis.call('HINCRBY', token, 'uses', 1) end
return 1
