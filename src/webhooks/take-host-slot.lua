-- One call to a host: GCRA on Redis's clock. While calls are scarce, they go to the tenant whose last call is longest ago.
-- @key pace        string: theoretical arrival time of the next call, ms
-- @key given       sorted set: tenant → its last granted call, ms
-- @key asking      sorted set: tenant that was refused → when, ms
-- @arg tenant      its keyed hash: a deleted tenant leaves no name
-- @arg intervalMs  between calls
-- @arg size        burst
-- @arg calls       what this call counts for
-- @arg patienceMs  how long a refused tenant keeps its turn
-- @return 0; or how long to wait, ms
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local interval, burst, cost, patience = tonumber(intervalMs), tonumber(size), tonumber(calls), tonumber(patienceMs)
local tat = math.max(tonumber(redis.call('GET', pace) or 0), now)
local free = burst - (tat - now) / interval
redis.call('ZREMRANGEBYSCORE', asking, '-inf', now - patience)
redis.call('ZREMRANGEBYSCORE', given, '-inf', now - 60000)

local ahead = 0
local function lastOf(one) return tonumber(redis.call('ZSCORE', given, one) or 0) end
if free < redis.call('ZCARD', asking) + cost then
  local own = lastOf(tenant)
  for _, other in ipairs(redis.call('ZRANGE', asking, 0, 99)) do
    if other ~= tenant and lastOf(other) < own then ahead = ahead + 1 end
  end
end
if free + 1e-6 < cost + ahead then
  redis.call('ZADD', asking, now, tenant)
  redis.call('PEXPIRE', asking, patience)
  return math.ceil(math.max(1, (cost + ahead - free) * interval))
end
redis.call('SET', pace, string.format('%.3f', tat + cost * interval), 'PX', math.ceil((burst + cost) * interval))
redis.call('ZREM', asking, tenant)
redis.call('ZADD', given, string.format('%.3f', now), tenant)
redis.call('PEXPIRE', given, 60000)
return 0
