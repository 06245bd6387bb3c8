-- Notes how a try went, unless the webhook was removed meanwhile.
-- KEYS  1 the tenant's webhooks  2 its state  3 what is due  4 tries  5 log
-- ARGV  1 id  2 event  3 the try, as text  4 how many tries are kept  5 now  6 delivered, failed or given_up
--       7 when the event is tried again, ms ('' in its turn)  8 the webhook's pause until, ms
--       9 until when its endpoint asked to be left alone, ms ('' it did not)
-- Returns since when nothing has arrived, ms; 0 when something has
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('LPUSH', KEYS[5], ARGV[3])
redis.call('LTRIM', KEYS[5], 0, ARGV[4] - 1)
if ARGV[6] == 'failed' then
  -- One that was dropped meanwhile has no tries any more.
  if redis.call('ZSCORE', KEYS[3], ARGV[2]) then redis.call('HINCRBY', KEYS[4], ARGV[2], 1) end
  if ARGV[7] ~= '' then redis.call('ZADD', KEYS[3], 'XX', ARGV[7], ARGV[2]) end
else
  redis.call('ZREM', KEYS[3], ARGV[2])
  redis.call('HDEL', KEYS[4], ARGV[2])
end
-- Several are under way at a time: whatever else was delivered meanwhile, and however shortly another answer asks for.
if ARGV[9] ~= '' then
  local before = tonumber(redis.call('HGET', KEYS[2], 'asked_until') or 0)
  if tonumber(ARGV[9]) > before then redis.call('HSET', KEYS[2], 'asked_until', ARGV[9]) end
end
if ARGV[6] == 'delivered' then
  redis.call('HDEL', KEYS[2], 'failing_since', 'paused_until')
  return 0
end
redis.call('HSETNX', KEYS[2], 'failing_since', ARGV[5])
redis.call('HSET', KEYS[2], 'paused_until', ARGV[8])
return tonumber(redis.call('HGET', KEYS[2], 'failing_since'))
