-- Keeps the answer to a request with an idempotency key, or only that there was one. The oldest answers of a tenant make room.
-- @key request     hash of the request, see begin-keyed-request.lua
-- @key answers     zset: `<bytes> <id>` of each answer of the tenant → when it was kept, ms
-- @key held        string: sum of these bytes
-- @arg requestsAt  beginning of the keys of requests
-- @arg id          of the request
-- @arg attempt     who began it
-- @arg status      of the answer
-- @arg answer      encrypted; '' when it cannot be kept
-- @arg keepMs      lifetime
-- @arg limitBytes  of all answers of the tenant
-- @return 1, or 0 when the request is not there any more
if redis.call('HGET', request, 'attempt') ~= attempt then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', request, 'state', answer == '' and 'unkept' or 'kept', 'status', status)
redis.call('HDEL', request, 'until')
redis.call('PEXPIRE', request, keepMs)
if answer == '' then return 1 end
local most, bytes = tonumber(limitBytes), #answer
local function give(entry)
  redis.call('ZREM', answers, entry)
  local size, other = string.match(entry, '^(%d+) (.+)$')
  redis.call('DECRBY', held, size)
  local key = requestsAt .. other
  if redis.call('HGET', key, 'state') == 'kept' then
    redis.call('HDEL', key, 'answer')
    redis.call('HSET', key, 'state', 'unkept')
  end
end
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', answers, '-inf', now - keepMs, 'LIMIT', 0, 1000)) do give(entry) end
while tonumber(redis.call('GET', held) or '0') + bytes > most do
  local oldest = redis.call('ZRANGE', answers, 0, 0)[1]
  if not oldest then
    redis.call('DEL', held)
    break
  end
  give(oldest)
end
redis.call('HSET', request, 'answer', answer)
redis.call('ZADD', answers, string.format('%.0f', now), bytes .. ' ' .. id)
redis.call('INCRBY', held, bytes)
redis.call('PEXPIRE', answers, keepMs)
redis.call('PEXPIRE', held, keepMs)
return 1
