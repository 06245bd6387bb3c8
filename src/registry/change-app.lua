-- Changes an app, unless it has changed since it was read, together with tenants' decisions on it.
-- @key clients     hash: client id → its entry
-- @key metadata    hash: client id → its client metadata, encrypted
-- @key changes     stream
-- @key outbox      stream
-- @key unwritten   set: apps whose change has not been written to the authority yet
-- @key decisions   hash: tenant → its decision on the app
-- @arg channel     pub/sub channel for notifications of changes
-- @arg maxChanges  maximum length of the stream of changes
-- @arg id          client id
-- @arg was         its expected entry
-- @arg becomes     its new entry
-- @arg newMetadata encrypted ('' unchanged)
-- @arg digest      expected SHA-1 of all decisions ('' not checked)
-- @arg eventCount  number of events
-- @arg ...rest     the events, then for each changed decision: tenant, new value
-- @return 1; 0 when the app, or the decisions if checked, are not as expected
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
