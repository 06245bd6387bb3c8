-- Changes an app, if it is still as it was read, and with it decisions that tenants made on it.
-- @key clients     hash: client id → its entry
-- @key metadata    hash: client id → what it registered, sealed
-- @key changes     stream
-- @key outbox      stream
-- @key unwritten   set: apps whose client does not say so yet
-- @key decisions   hash: tenant → its decision on the app
-- @arg channel     where changes are announced
-- @arg maxChanges  how many changes are kept
-- @arg id          of its client
-- @arg was         its entry as it was
-- @arg becomes     and as it becomes
-- @arg newMetadata sealed ('' as they are)
-- @arg digest      of all decisions as they were read ('' no matter)
-- @arg eventCount  how many events tell of it
-- @arg ...rest     those, then for each decision that changes: tenant, what it becomes
-- @return 1; 0 when the app or, where they matter, the decisions are not as they were read
if redis.call('HGET', clients, id) ~= was then return 0 end
if digest ~= '' and redis.sha1hex(table.concat(redis.call('HGETALL', decisions), '\n')) ~= digest then return 0 end
redis.call('HSET', clients, id, becomes)
if newMetadata ~= '' then redis.call('HSET', metadata, id, newMetadata) end
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'client', id)
redis.call('SADD', unwritten, id)
local first = 1 + tonumber(eventCount)
for i = 1, first - 1 do redis.call('XADD', outbox, '*', 'e', rest[i]) end
for i = first, #rest, 2 do
  redis.call('HSET', decisions, rest[i], rest[i + 1])
  redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'decision', rest[i] .. ' ' .. id)
end
redis.call('PUBLISH', channel, 'client')
return 1
