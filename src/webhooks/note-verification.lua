-- Notes how a try to verify a webhook went, unless it was removed or another verification has begun meanwhile.
-- KEYS  1 the tenant's webhooks  2 its state  3 log  4 outbox
-- ARGV  1 id  2 id of the verification  3 the try, as text  4 how many tries are kept  5 when it is tried again, ms ('' not)
--       6 the event that tells that it failed ('' none)
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 or redis.call('HGET', KEYS[2], 'verification') ~= ARGV[2] then return 0 end
redis.call('LPUSH', KEYS[3], ARGV[3])
redis.call('LTRIM', KEYS[3], 0, ARGV[4] - 1)
redis.call('HINCRBY', KEYS[2], 'verification_tries', 1)
if ARGV[5] == '' then redis.call('HDEL', KEYS[2], 'verification_at') else redis.call('HSET', KEYS[2], 'verification_at', ARGV[5]) end
if ARGV[6] ~= '' then redis.call('XADD', KEYS[4], '*', 'e', ARGV[6]) end
return 1
