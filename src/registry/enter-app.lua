-- Enters an app, unless its registration was given up meanwhile.
-- KEYS  1 clients  2 apps  3 metadata  4 reviews  5 newest alike  6 registration  7 changes  8 apps of the tenant that vouched for it  9 document apps
--       10 outbox  11 apps that somebody vouched for  12 those of them that this tenant vouched for
-- ARGV  1 now, ms  2 channel  3 how many changes are kept  4 client id  5 app  6 metadata  7 hash of what is alike  8 when it is looked
--       at first, ms  9 how long a registration is remembered, ms  10 '1': a tenant vouched for it
--       11 its id at the authority, where that is another one; else ''  12 the event that tells of it ('' none)
--       13 '1': somebody vouched for it, so it has one of the places that are kept for such
-- Returns 1, or 0 when nobody wants it any more.
if redis.call('GET', KEYS[6]) == 'abandoned' then return 0 end
local id = ARGV[4]
redis.call('SET', KEYS[6], id, 'PX', ARGV[9])
redis.call('HSET', KEYS[1], id, ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[1], id)
redis.call('HSET', KEYS[3], id, ARGV[6])
redis.call('ZADD', KEYS[4], ARGV[8], id)
if ARGV[7] ~= '' then
  local earlier = redis.call('HGET', KEYS[5], ARGV[7])
  if earlier then redis.call('ZADD', KEYS[4], 'XX', 'LT', ARGV[8], earlier) end
  redis.call('HSET', KEYS[5], ARGV[7], id)
end
if ARGV[11] ~= '' then redis.call('HSET', KEYS[9], ARGV[11], id) end
if ARGV[10] == '1' then
  redis.call('ZADD', KEYS[8], ARGV[1], id)
  redis.call('SADD', KEYS[12], id)
end
if ARGV[13] == '1' then redis.call('SADD', KEYS[11], id) end
redis.call('XADD', KEYS[7], 'MAXLEN', '~', ARGV[3], '*', 'client', id)
if ARGV[12] ~= '' then redis.call('XADD', KEYS[10], '*', 'e', ARGV[12]) end
redis.call('PUBLISH', ARGV[2], 'client')
return 1
