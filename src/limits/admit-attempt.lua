-- Counts an attempt in advance, so that concurrent attempts cannot pass before the first one has failed.
-- @key ...counters  strings: attempts so far
-- @arg windowMs     TTL of the counters
-- @arg ...limits    maximum of each counter
-- @return 0, or how long to wait, ms
for i, key in ipairs(counters) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(limits[i]) then return math.max(1, redis.call('PTTL', key)) end
end
for _, key in ipairs(counters) do
  if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, windowMs) end
end
return 0
