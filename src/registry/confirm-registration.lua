-- Its caller is about to be told.
-- @key registration   string: what became of it
-- @key unfinished     sorted set: registrations → when they began, ms
-- @key vouched        set: those that somebody vouched for
-- @key vouchedByTenant  set: those of them that its tenant vouched for
-- @arg id
-- @return 1; 0 when it was given up
if string.sub(redis.call('GET', registration) or '', 1, 9) == 'abandoned' then return 0 end
redis.call('DEL', registration)
redis.call('ZREM', unfinished, id)
redis.call('SREM', vouched, id)
redis.call('SREM', vouchedByTenant, id)
return 1
