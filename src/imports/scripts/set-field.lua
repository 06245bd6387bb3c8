-- Sets a field of an import, if there is one: of an import that was removed meanwhile, nothing may come back.
-- @key state  hash: state of the import
-- @arg field
-- @arg value
-- @arg when   'nx': only when it has none
-- @return the field's value; false when there is no import
if redis.call('HEXISTS', state, 'tenant') == 0 then return false end
redis.call(when == 'nx' and 'HSETNX' or 'HSET', state, field, value)
return redis.call('HGET', state, field)
