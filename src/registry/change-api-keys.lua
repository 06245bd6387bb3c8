-- Changes API keys of one tenant, all or none, by compare-and-set: concurrent changes are not overwritten.
-- @key clients     hash: client id → its entry
-- @key apiKeys     set: client ids of the tenant's keys
-- @key deadlines   sorted set: client id → when it ends, ms
-- @key use         hash
-- @key toDelete    sorted set: clients still to be deleted at the authority
-- @key changes     stream
-- @key outbox      stream
-- @key tenants     hash
-- @arg now         ms since 1970
-- @arg channel     pub/sub channel for notifications of changes
-- @arg maxChanges  maximum length of the stream of changes
-- @arg limit       maximum number of the tenant's keys, checked when some are added ('' unlimited)
-- @arg by          client id of the requesting key ('' none)
-- @arg byWas       its expected entry
-- @arg eventCount  number of events
-- @arg ...rest     the events, then for each key: client id, expected entry ('' none, '*' any), new entry ('' removed), when it ends
--                  (ms, '' never)
-- @return 1; 0 when an entry is not as expected; 2 when the tenant would exceed its limit; 3 when a new key's tenant is deleted or being
-- deleted; 4 when the requesting key was deleted or has expired
if by ~= '' then
  local is = redis.call('HGET', clients, by)
  local ends = redis.call('ZSCORE', deadlines, by)
  local time = redis.call('TIME')
  if not is or (ends and tonumber(ends) <= time[1] * 1000 + time[2] / 1000) then return 4 end
  if is ~= byWas then return 0 end
end
local first = 1 + tonumber(eventCount)
local more = 0
for i = first, #rest, 4 do
  local was = redis.call('HGET', clients, rest[i]) or ''
  if rest[i + 1] ~= '*' and rest[i + 1] ~= was then return 0 end
  if was == '' and rest[i + 2] ~= '' then more = more + 1 end
  if was ~= '' and rest[i + 2] == '' then more = more - 1 end
  if rest[i + 1] == '' and rest[i + 2] ~= '' then
    local tenant = redis.call('HGET', tenants, cjson.decode(rest[i + 2]).tenant_id)
    if not tenant or cjson.decode(tenant).status == 'deleting' then return 3 end
  end
end
if limit ~= '' and more > 0 and redis.call('SCARD', apiKeys) + more > tonumber(limit) then return 2 end
for i = first, #rest, 4 do
  local id, becomes, ends = rest[i], rest[i + 2], rest[i + 3]
  if becomes == '' then
    redis.call('HDEL', clients, id)
    redis.call('SREM', apiKeys, id)
    redis.call('HDEL', use, id .. ':uses', id .. ':last')
    redis.call('ZADD', toDelete, now, id)
  else
    redis.call('HSET', clients, id, becomes)
    redis.call('SADD', apiKeys, id)
  end
  if becomes == '' or ends == '' then
    redis.call('ZREM', deadlines, id)
  else
    redis.call('ZADD', deadlines, ends, id)
  end
  redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'client', id)
end
for i = 1, first - 1 do redis.call('XADD', outbox, '*', 'e', rest[i]) end
redis.call('PUBLISH', channel, 'client')
return 1
