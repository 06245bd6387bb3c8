-- Records uses of API keys; skips keys that were removed meanwhile.
-- @key clients  hash: client id → its entry
-- @key use      hash
-- @arg ...used  for each key: client id, uses, time of the last use in ms
for i = 1, #used, 3 do
  local id, last = used[i], used[i + 2]
  if redis.call('HEXISTS', clients, id) == 1 then
    redis.call('HINCRBY', use, id .. ':uses', used[i + 1])
    local before = redis.call('HGET', use, id .. ':last')
    if not before or tonumber(before) < tonumber(last) then redis.call('HSET', use, id .. ':last', last) end
  end
end
