-- Changes an app, if it is still as it was read.
-- KEYS  1 clients  2 metadata  3 changes  4 outbox  5 apps whose client does not say so yet
-- ARGV  1 channel  2 how many changes are kept  3 client id  4 what it was  5 what it becomes  6 metadata ('' as they are)
--       7 the event that tells of it ('' none)
if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[4] then return 0 end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[5])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[2], ARGV[3], ARGV[6]) end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[2], '*', 'client', ARGV[3])
redis.call('SADD', KEYS[5], ARGV[3])
if ARGV[7] ~= '' then redis.call('XADD', KEYS[4], '*', 'e', ARGV[7]) end
redis.call('PUBLISH', ARGV[1], 'client')
return 1
