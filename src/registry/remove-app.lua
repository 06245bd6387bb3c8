-- Removes an app and all that is known of it. Its client is still to be deleted at the authority.
-- KEYS  1 clients  2 apps  3 metadata  4 use  5 reviews  6 newest alike  7 decisions  8 leaving clients  9 changes  10 document apps
--       11 outbox  12 users of whose consent was told  13 apps that somebody vouched for  14 those of them that its tenant vouched for
-- ARGV  1 now, ms  2 channel  3 how many changes are kept  4 client id  5 what it was  6 hash of what is alike  7 its id at the authority
--       8 the event that tells of it ('' none)
-- Returns 1, or 0 when it is not any more as it was read.
local id = ARGV[4]
if redis.call('HGET', KEYS[1], id) ~= ARGV[5] then return 0 end
redis.call('HDEL', KEYS[1], id)
redis.call('ZREM', KEYS[2], id)
redis.call('HDEL', KEYS[3], id)
redis.call('HDEL', KEYS[4], id .. ':last', id .. ':until')
redis.call('ZREM', KEYS[5], id)
if ARGV[6] ~= '' and redis.call('HGET', KEYS[6], ARGV[6]) == id then redis.call('HDEL', KEYS[6], ARGV[6]) end
redis.call('DEL', KEYS[7], KEYS[12])
redis.call('ZADD', KEYS[8], ARGV[1], ARGV[7])
redis.call('HDEL', KEYS[10], ARGV[7])
redis.call('SREM', KEYS[13], id)
redis.call('SREM', KEYS[14], id)
redis.call('XADD', KEYS[9], 'MAXLEN', '~', ARGV[3], '*', 'client', id)
if ARGV[8] ~= '' then redis.call('XADD', KEYS[11], '*', 'e', ARGV[8]) end
redis.call('PUBLISH', ARGV[2], 'client')
return 1
