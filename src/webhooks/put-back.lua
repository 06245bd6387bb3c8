-- After its turn: says when a webhook is next due, by what is left to be told. In one step, so that nothing that comes meanwhile is lost.
-- KEYS  1 the tenant's webhooks  2 all that are due  3 its state  4 what is due
-- ARGV  1 tenant  2 id
local entry = ARGV[1] .. ' ' .. ARGV[2]
local webhook = redis.call('HGET', KEYS[1], ARGV[2])
local first = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')
if not webhook or #first == 0 or cjson.decode(webhook).status ~= 'enabled' then
  redis.call('ZREM', KEYS[2], entry)
else
  local pause = tonumber(redis.call('HGET', KEYS[3], 'paused_until') or 0)
  redis.call('ZADD', KEYS[2], string.format('%.0f', math.max(tonumber(first[2]), pause)), entry)
end
return 1
