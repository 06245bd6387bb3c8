-- Sets a field of an import, unless the import was removed: nothing of a removed import may reappear.
-- @key state  hash: state of the import
-- @arg field
-- @arg value
-- @arg when   'nx': only if the field has no value
-- @return the field's value; false when there is no import
if redis.call('HEXISTS', state, 'tenant') == 0 then return false end
redis.call(when == 'nx' and 'HSETNX' or 'HSET', state, field, value)
return redis.call('HGET', state, field)
