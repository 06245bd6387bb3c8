-- Changes API keys of one tenant, all or none: what somebody else changed meanwhile is not overwritten.
-- KEYS  1 clients  2 the tenant's API keys  3 deadlines  4 use  5 leaving clients  6 changes  7 outbox  8 tenants
-- ARGV  1 now, ms  2 channel  3 how many changes are kept  4 how many keys the tenant may have, when some are added ('' no matter)
--       5 client id of the key that asks for it ('' none does)  6 what it was
--       7 how many events tell of it  then those, and then, for each key: client id, what it was ('' none, '*' whatever),
--       what it becomes ('' nothing), when it ends (ms, '' never)
-- Returns 1; 0 when one of them was not as expected; 2 when the tenant would have more keys than it may have; 3 when a new one is one
-- of a tenant that is gone or going; 4 when the key that asks for it is gone or its time is over.
local by = ARGV[5]
if by ~= '' then
  local is = redis.call('HGET', KEYS[1], by)
  local ends = redis.call('ZSCORE', KEYS[3], by)
  local time = redis.call('TIME')
  if not is or (ends and tonumber(ends) <= time[1] * 1000 + time[2] / 1000) then return 4 end
  if is ~= ARGV[6] then return 0 end
end
local first = 8 + tonumber(ARGV[7])
local more = 0
for i = first, #ARGV, 4 do
  local was = redis.call('HGET', KEYS[1], ARGV[i]) or ''
  if ARGV[i + 1] ~= '*' and ARGV[i + 1] ~= was then return 0 end
  if was == '' and ARGV[i + 2] ~= '' then more = more + 1 end
  if was ~= '' and ARGV[i + 2] == '' then more = more - 1 end
  if ARGV[i + 1] == '' and ARGV[i + 2] ~= '' then
    local tenant = redis.call('HGET', KEYS[8], cjson.decode(ARGV[i + 2]).tenant_id)
    if not tenant or cjson.decode(tenant).status == 'deleting' then return 3 end
  end
end
if ARGV[4] ~= '' and more > 0 and redis.call('SCARD', KEYS[2]) + more > tonumber(ARGV[4]) then return 2 end
for i = first, #ARGV, 4 do
  local id, becomes, ends = ARGV[i], ARGV[i + 2], ARGV[i + 3]
  if becomes == '' then
    redis.call('HDEL', KEYS[1], id)
    redis.call('SREM', KEYS[2], id)
    redis.call('HDEL', KEYS[4], id .. ':uses', id .. ':last')
    redis.call('ZADD', KEYS[5], ARGV[1], id)
  else
    redis.call('HSET', KEYS[1], id, becomes)
    redis.call('SADD', KEYS[2], id)
  end
  if becomes == '' or ends == '' then
    redis.call('ZREM', KEYS[3], id)
  else
    redis.call('ZADD', KEYS[3], ends, id)
  end
  redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[3], '*', 'client', id)
end
for i = 8, first - 1 do redis.call('XADD', KEYS[7], '*', 'e', ARGV[i]) end
redis.call('PUBLISH', ARGV[2], 'client')
return 1
