-- A place for one more app, counted before it is made, so that many at once do not pass the cap; and one use of the token it comes with.
-- @key apps             sorted set: app → when it registered, ms
-- @key unfinished       sorted set: registrations → when they began, ms
-- @key vouched          set: those of both that somebody vouched for
-- @key vouchedByTenant  set: those of them that this one's tenant vouched for
-- @key registration     string: what became of it
-- @key token            hash: its initial access token
-- @arg now              ms since 1970
-- @arg id
-- @arg limit            how many apps there may be
-- @arg openLimit        how many of those may be ones that nobody vouched for, '' for one that has somebody
-- @arg tenantLimit      how many of those may be ones that one tenant vouched for, '' when no tenant does for this one
-- @arg isWithToken      '1' | ''
-- @return 1; 0 when there are as many already as there may be, or it was given up before it came here; 2 when its token is no use any more
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
