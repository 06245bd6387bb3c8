-- Marks a user whose access tokens say what is no longer so. Of two changes, the one that the authority made later counts.
-- KEYS  1 the mark  2 changes
-- ARGV  1 channel  2 how many changes are kept  3 user id  4 how long the mark is kept, ms
--       5 when the authority made the change, ms ('' not known: nothing is compared)  6 field that goes ('' none)  7… fields and values
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if ARGV[5] ~= '' then
  if tonumber(ARGV[5]) < tonumber(version) then return 0 end
  version = ARGV[5]
end
redis.call('HSET', KEYS[1], 'version', version, unpack(ARGV, 7))
if ARGV[6] ~= '' then redis.call('HDEL', KEYS[1], ARGV[6]) end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'user', ARGV[3])
redis.call('PUBLISH', ARGV[1], 'user')
return 1
