-- Records uses of apps; skips apps that were removed meanwhile.
-- @key clients  hash: client id → its entry
-- @key use      hash
-- @arg ...used  for each app: client id, time of the last use in ms, latest expiry of its tokens in ms
for i = 1, #used, 3 do
  local id = used[i]
  if redis.call('HEXISTS', clients, id) == 1 then
    for field, value in pairs({ [id .. ':last'] = used[i + 1], [id .. ':until'] = used[i + 2] }) do
      local before = redis.call('HGET', use, field)
      if not before or tonumber(before) < tonumber(value) then redis.call('HSET', use, field, value) end
    end
  end
end
