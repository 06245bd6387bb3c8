-- Sets a field of an import, if there is one: of an import that was removed meanwhile, nothing may come back.
-- KEYS[1]  hash: state of the import
-- ARGV[1]  field   ARGV[2] value   ARGV[3] 'nx': only when it has none
-- Returns  the field's value; false when there is no import
if redis.call('HEXISTS', KEYS[1], 'tenant') == 0 then return false end
redis.call(ARGV[3] == 'nx' and 'HSETNX' or 'HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('HGET', KEYS[1], ARGV[1])
