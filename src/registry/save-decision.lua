-- Saves what a tenant decided on an app, if the app is still as it was when the tenant did.
-- KEYS  1 clients  2 decisions on the app  3 apps of the tenant  4 changes  5 outbox
-- ARGV  1 channel  2 how many changes are kept  3 client id  4 the app  5 tenant  6 decision ('' none any more)  7 now, ms
--       8 the event that tells of it
-- Returns 1; 0 when the app has changed.
if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[4] then return 0 end
if ARGV[6] == '' then redis.call('HDEL', KEYS[2], ARGV[5]) else redis.call('HSET', KEYS[2], ARGV[5], ARGV[6]) end
redis.call('ZADD', KEYS[3], 'NX', ARGV[7], ARGV[3])
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[2], '*', 'decision', ARGV[5] .. ' ' .. ARGV[3])
redis.call('XADD', KEYS[5], '*', 'e', ARGV[8])
redis.call('PUBLISH', ARGV[1], 'decision')
return 1
