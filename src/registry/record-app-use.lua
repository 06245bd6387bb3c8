-- Adds to the use of apps; one that was removed meanwhile leaves nothing behind.
-- KEYS  1 clients  2 use   ARGV  for each app: client id, time of the last use in ms, end of its longest-lived token in ms
for i = 1, #ARGV, 3 do
  local id = ARGV[i]
  if redis.call('HEXISTS', KEYS[1], id) == 1 then
    for field, value in pairs({ [id .. ':last'] = ARGV[i + 1], [id .. ':until'] = ARGV[i + 2] }) do
      local before = redis.call('HGET', KEYS[2], field)
      if not before or tonumber(before) < tonumber(value) then redis.call('HSET', KEYS[2], field, value) end
    end
  end
end
