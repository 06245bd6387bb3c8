-- Undoes a counted attempt that turned out to be no failure.
-- @key ...counters  strings: attempts so far
for _, key in ipairs(counters) do
  if tonumber(redis.call('GET', key) or 0) > 0 then redis.call('DECR', key) end
end
