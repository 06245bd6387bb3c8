-- A place for one more app, counted before it is made, so that many at once do not pass the cap.
-- @key apps             sorted set: app → when it registered, ms
-- @key unfinished       sorted set: registrations → when they began, ms
-- @key vouched          set: those of both that somebody vouched for
-- @key vouchedByTenant  set: those of them that this one's tenant vouched for
-- @arg now              ms since 1970
-- @arg id
-- @arg limit            how many apps there may be
-- @arg openLimit        how many of those may be ones that nobody vouched for, '' for one that has somebody
-- @arg tenantLimit      how many of those may be ones that one tenant vouched for, '' when no tenant does for this one
-- @return 1 | 0
local all = redis.call('ZCARD', apps) + redis.call('ZCARD', unfinished)
if all >= tonumber(limit) then return 0 end
if openLimit ~= '' and all - redis.call('SCARD', vouched) >= tonumber(openLimit) then return 0 end
if tenantLimit ~= '' then
  if redis.call('SCARD', vouchedByTenant) >= tonumber(tenantLimit) then return 0 end
  redis.call('SADD', vouchedByTenant, id)
end
redis.call('ZADD', unfinished, now, id)
if openLimit == '' then redis.call('SADD', vouched, id) end
return 1
