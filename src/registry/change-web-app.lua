-- Changes the entry of a single-page app and its allowed origins (CORS). Several apps may share an origin.
-- @key clients     hash: client id → its entry
-- @key origins     hash: origin → client ids
-- @key changes     stream
-- @key outbox      stream
-- @arg id          client id
-- @arg becomes     new entry ('' removed)
-- @arg channel     pub/sub channel for notifications of changes
-- @arg maxChanges  maximum length of the stream of changes
-- @arg event       JSON text ('' none)
local function originsOf(text)
  if not text or text == '' then return {} end
  return cjson.decode(text).origins or {}
end

-- Other apps with this origin.
local function others(origin)
  local found = {}
  for one in string.gmatch(redis.call('HGET', origins, origin) or '', '%S+') do
    if one ~= id then table.insert(found, one) end
  end
  return found
end

local function announce(kind, name)
  redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', kind, name)
end

for _, origin in ipairs(originsOf(redis.call('HGET', clients, id))) do
  local left = others(origin)
  if #left == 0 then redis.call('HDEL', origins, origin) else redis.call('HSET', origins, origin, table.concat(left, ' ')) end
  announce('origin', origin)
end
for _, origin in ipairs(originsOf(becomes)) do
  local all = others(origin)
  table.insert(all, id)
  redis.call('HSET', origins, origin, table.concat(all, ' '))
  announce('origin', origin)
end
if becomes == '' then redis.call('HDEL', clients, id) else redis.call('HSET', clients, id, becomes) end
announce('client', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'client')
return 1
