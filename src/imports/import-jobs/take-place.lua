-- Takes one of the account's slots for import jobs.
-- @key leases     sorted set: holder of a slot, `<import>:<batch>` → expiry, ms
-- @key waiting    sorted set: import that waits for a slot → when it last asked, ms
-- @key given      sorted set: import → when it last got a slot, ms
-- @key limit      hash: `free_for_us`, `until`: while others run jobs, there are fewer slots
-- @arg import
-- @arg holder
-- @arg placeCount
-- @arg leaseMs    lifetime of a lease that is not renewed
-- @arg waitingMs  an import that has not asked for this long is no longer waiting
-- @return 1 | 0
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
redis.call('ZREMRANGEBYSCORE', waiting, '-inf', now - tonumber(waitingMs))
local function take()
  redis.call('ZADD', leases, now + tonumber(leaseMs), holder)
  redis.call('ZADD', given, now, import)
  redis.call('ZREMRANGEBYSCORE', given, '-inf', now - 3600000)
  redis.call('ZREM', waiting, import)
  return 1
end
local holders = redis.call('ZRANGE', leases, 0, -1)
local had = {}
for _, one in ipairs(holders) do
  if one == holder then return take() end
  local of = string.match(one, '^(.*):')
  had[of] = (had[of] or 0) + 1
end
local places = tonumber(placeCount)
local limited = redis.call('HMGET', limit, 'free_for_us', 'until')
if limited[2] and tonumber(limited[2]) > now then places = math.min(places, tonumber(limited[1])) end

redis.call('ZADD', waiting, now, import)
if #holders >= places then return 0 end
-- Imports with fewer slots go first; among equals, the one whose last slot is longest ago.
redis.call('ZREMRANGEBYSCORE', waiting, '-inf', now - tonumber(waitingMs))
local mine = had[import] or 0
local lastGiven = tonumber(redis.call('ZSCORE', given, import) or 0)
for _, other in ipairs(redis.call('ZRANGE', waiting, 0, -1)) do
  local theirs = had[other] or 0
  if other ~= import and (theirs < mine or (theirs == mine and
    tonumber(redis.call('ZSCORE', given, other) or 0) < lastGiven)) then return 0 end
end
return take()
