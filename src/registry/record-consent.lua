-- Tells that a user has let an app in, once for each consent.
-- KEYS  1 clients  2 users of whose consent to this app was told  3 outbox
-- ARGV  1 client id  2 user id  3 the event
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
-- Beyond so many one of them is forgotten, and told of again when it comes.
local MAX_USERS = 100000
if redis.call('SCARD', KEYS[2]) >= MAX_USERS and redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 0 then redis.call('SPOP', KEYS[2]) end
if redis.call('SADD', KEYS[2], ARGV[2]) == 1 then redis.call('XADD', KEYS[3], '*', 'e', ARGV[3]) end
return 1
