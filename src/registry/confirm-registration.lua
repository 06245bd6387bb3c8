-- Its caller is about to be told.
-- KEYS  1 registration  2 unfinished registrations  3 those that somebody vouched for  4 those of them that its tenant vouched for
-- ARGV  1 id
if redis.call('GET', KEYS[1]) == 'abandoned' then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('SREM', KEYS[4], ARGV[1])
return 1
