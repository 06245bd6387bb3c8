-- Changes the entry of a single-page app, and with it from which origins pages may call. An origin may be that of several apps.
-- KEYS  1 clients  2 origins  3 changes  4 outbox
-- ARGV  1 client id  2 what it becomes ('' nothing)  3 channel  4 how many changes are kept  5 the event that tells of it ('' none)
local id, becomes = ARGV[1], ARGV[2]

local function originsOf(text)
  if not text or text == '' then return {} end
  return cjson.decode(text).origins or {}
end

-- The other apps that have this origin.
local function others(origin)
  local found = {}
  for one in string.gmatch(redis.call('HGET', KEYS[2], origin) or '', '%S+') do
    if one ~= id then table.insert(found, one) end
  end
  return found
end

local function announce(kind, name)
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], '*', kind, name)
end

for _, origin in ipairs(originsOf(redis.call('HGET', KEYS[1], id))) do
  local left = others(origin)
  if #left == 0 then redis.call('HDEL', KEYS[2], origin) else redis.call('HSET', KEYS[2], origin, table.concat(left, ' ')) end
  announce('origin', origin)
end
for _, origin in ipairs(originsOf(becomes)) do
  local all = others(origin)
  table.insert(all, id)
  redis.call('HSET', KEYS[2], origin, table.concat(all, ' '))
  announce('origin', origin)
end
if becomes == '' then redis.call('HDEL', KEYS[1], id) else redis.call('HSET', KEYS[1], id, becomes) end
announce('client', id)
if ARGV[5] ~= '' then redis.call('XADD', KEYS[4], '*', 'e', ARGV[5]) end
redis.call('PUBLISH', ARGV[3], 'client')
return 1
