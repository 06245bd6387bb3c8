-- Ends the processing of an event of the authority: removes it, records events, and schedules readings of its user. All or nothing, once.
-- Users of one tenant have turns `stepMs` apart, so that a tenant with many leaves room between them for those of others.
-- @key inbox    stream
-- @key outbox   stream
-- @key rereads  zset: `<tenant> <user>` → turn
-- @key turns    hash: tenant → its last turn
-- @arg entry    id in the inbox
-- @arg now      ms
-- @arg stepMs
-- @arg limit    number of readings that may be pending
-- @arg keepMs   TTL of `turns`
-- @arg count    number of events to record
-- @arg ...rest  these events as text; then tenant and user of each reading
-- @return 'settled'; 'gone' when it was processed before; 'full' when too many readings are pending
local count = tonumber(count)
if #rest > count and redis.call('ZCARD', rereads) >= tonumber(limit) then return 'full' end
if redis.call('XDEL', inbox, entry) == 0 then return 'gone' end
for i = 1, count do redis.call('XADD', outbox, '*', 'e', rest[i]) end
if redis.call('ZCARD', rereads) == 0 then redis.call('DEL', turns) end
for i = count + 1, #rest, 2 do
  local tenant, member = rest[i], rest[i] .. ' ' .. rest[i + 1]
  local known = redis.call('ZSCORE', rereads, member)
  -- Another turn than before: who is reading it now does not remove it.
  local turn = known and tonumber(known) + 0.5
  if not turn then
    local last = tonumber(redis.call('HGET', turns, tenant) or '0')
    turn = math.max(tonumber(now), last + tonumber(stepMs))
    redis.call('HSET', turns, tenant, string.format('%.1f', turn))
    redis.call('PEXPIRE', turns, keepMs)
  end
  redis.call('ZADD', rereads, string.format('%.1f', turn), member)
end
return 'settled'
