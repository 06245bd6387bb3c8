-- Counts an attempt in advance, so that many at once cannot pass before the first one has failed.
-- KEYS  counters   ARGV  1 how long failures are remembered, ms  then, for each counter, how many it allows
-- Returns 0, or how long to wait, ms.
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[i + 1]) then return math.max(1, redis.call('PTTL', key)) end
end
for _, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
end
return 0
