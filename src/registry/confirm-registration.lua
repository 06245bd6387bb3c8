-- Completes a registration, just before its caller is answered.
-- @key registration   string: state of the registration
-- @key unfinished     sorted set: registrations → start time, ms
-- @key vouched        set: those that were vouched for
-- @key vouchedByTenant  set: those that its tenant vouched for
-- @arg id
-- @return 1; 0 when it was abandoned
if string.sub(redis.call('GET', registration) or '', 1, 9) == 'abandoned' then return 0 end
redis.call('DEL', registration)
redis.call('ZREM', unfinished, id)
redis.call('SREM', vouched, id)
redis.call('SREM', vouchedByTenant, id)
return 1
