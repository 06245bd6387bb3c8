-- Takes one of the places for import jobs that the account has.
-- KEYS[1]  sorted set: who has a place, `<import>:<batch>` → until when, ms
-- KEYS[2]  sorted set: import that waits for one → when it last asked, ms
-- KEYS[3]  sorted set: import → when it was last given one, ms
-- KEYS[4]  hash: `free_for_us`, `until`: while somebody else has places, there are fewer
-- ARGV[1]  import   ARGV[2] who asks   ARGV[3] places   ARGV[4] how long it is had without a word, ms
-- ARGV[5]  an import that has not asked for so long does not wait any more, ms
-- Returns  1 | 0
local import, holder = ARGV[1], ARGV[2]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[5]))
local function take()
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[4]), holder)
  redis.call('ZADD', KEYS[3], now, import)
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - 3600000)
  redis.call('ZREM', KEYS[2], import)
  return 1
end
local holders = redis.call('ZRANGE', KEYS[1], 0, -1)
local had = {}
for _, one in ipairs(holders) do
  if one == holder then return take() end
  local of = string.match(one, '^(.*):')
  had[of] = (had[of] or 0) + 1
end
local places = tonumber(ARGV[3])
local limited = redis.call('HMGET', KEYS[4], 'free_for_us', 'until')
if limited[2] and tonumber(limited[2]) > now then places = math.min(places, tonumber(limited[1])) end

redis.call('ZADD', KEYS[2], now, import)
if #holders >= places then return 0 end
-- Whoever has fewer goes first; of those that have as many, whoever was given one longer ago.
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[5]))
local mine = had[import] or 0
local given = tonumber(redis.call('ZSCORE', KEYS[3], import) or 0)
for _, other in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local theirs = had[other] or 0
  if other ~= import and (theirs < mine or (theirs == mine and
    tonumber(redis.call('ZSCORE', KEYS[3], other) or 0) < given)) then return 0 end
end
return take()
