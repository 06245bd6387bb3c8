-- Adds to the use of API keys; one that was removed meanwhile leaves nothing behind.
-- KEYS  1 clients  2 use   ARGV  for each key: client id, uses, time of the last one in ms
for i = 1, #ARGV, 3 do
  local id, last = ARGV[i], ARGV[i + 2]
  if redis.call('HEXISTS', KEYS[1], id) == 1 then
    redis.call('HINCRBY', KEYS[2], id .. ':uses', ARGV[i + 1])
    local before = redis.call('HGET', KEYS[2], id .. ':last')
    if not before or tonumber(before) < tonumber(last) then redis.call('HSET', KEYS[2], id .. ':last', last) end
  end
end
