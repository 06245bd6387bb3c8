-- One call to a host: GCRA on Redis's own clock. While calls are scarce they go to the tenant that was given one least recently.
-- KEYS  1 theoretical arrival time of the next call, ms  2 sorted set: tenant → when it was last given one, ms
--       3 sorted set: tenant that was refused one → when, ms
-- ARGV  1 tenant (its keyed hash: one that is deleted leaves no name)  2 interval between calls, ms  3 how many may come at once  4 what this call counts for  5 how long a refused one's turn is kept, ms
-- Returns 0; or how long to wait, ms
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local interval, burst, cost, patience = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local free = burst - (tat - now) / interval
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - patience)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 60000)

local ahead = 0
local function lastOf(tenant) return tonumber(redis.call('ZSCORE', KEYS[2], tenant) or 0) end
if free < redis.call('ZCARD', KEYS[3]) + cost then
  local own = lastOf(ARGV[1])
  for _, other in ipairs(redis.call('ZRANGE', KEYS[3], 0, 99)) do
    if other ~= ARGV[1] and lastOf(other) < own then ahead = ahead + 1 end
  end
end
if free + 1e-6 < cost + ahead then
  redis.call('ZADD', KEYS[3], now, ARGV[1])
  redis.call('PEXPIRE', KEYS[3], patience)
  return math.ceil(math.max(1, (cost + ahead - free) * interval))
end
redis.call('SET', KEYS[1], string.format('%.3f', tat + cost * interval), 'PX', math.ceil((burst + cost) * interval))
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[2], string.format('%.3f', now), ARGV[1])
redis.call('PEXPIRE', KEYS[2], 60000)
return 0
