-- Stores what the authority said of an API key, gives the lock back and wakes those who wait.
-- KEYS  1 verdict  2 lock
-- ARGV  1 who asked  2 'accepted' | 'refused' | 'failed' | 'nothing'  3 until, ms since 1970  4 channel  5 message
--       6 keep for, ms  with 'accepted':  7 claims  8 checked at  9 mark of the key's that it was checked under
if ARGV[2] == 'accepted' then
  redis.call('HSET', KEYS[1], 'claims', ARGV[7], 'checked_at', ARGV[8], 'until', ARGV[3], 'recheck', ARGV[9])
  redis.call('HDEL', KEYS[1], 'refused_until', 'failed_until')
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
elseif ARGV[2] == 'refused' then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'refused_until', ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
elseif ARGV[2] == 'failed' then
  redis.call('HSET', KEYS[1], 'failed_until', ARGV[3])
  if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[6]) then redis.call('PEXPIRE', KEYS[1], ARGV[6]) end
end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
redis.call('PUBLISH', ARGV[4], ARGV[5])
