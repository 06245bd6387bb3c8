-- After its turn: says when a webhook is next due, by what is left to be told. In one step, so that nothing that comes meanwhile is lost.
-- KEYS  1 the tenant's webhooks  2 all that are due  3 its state  4 what is due
-- ARGV  1 tenant  2 id  3 nothing is sent before, ms
local entry = ARGV[1] .. ' ' .. ARGV[2]
local webhook = redis.call('HGET', KEYS[1], ARGV[2])
local is = webhook and cjson.decode(webhook) or {}
local first = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')
local verification = redis.call('HGET', KEYS[3], 'verification_at')
-- Until the endpoint has agreed it is asked whether it does, and is told nothing.
local isDue = is.status == 'enabled' and ((is.verified_at and #first > 0) or (not is.verified_at and verification))
if not isDue then
  redis.call('ZREM', KEYS[2], entry)
else
  local pause = math.max(tonumber(redis.call('HGET', KEYS[3], 'paused_until') or 0),
    tonumber(redis.call('HGET', KEYS[3], 'asked_until') or 0))
  local at = is.verified_at and math.max(tonumber(first[2]), pause) or tonumber(verification)
  redis.call('ZADD', KEYS[2], string.format('%.0f', math.max(at, tonumber(ARGV[3]))), entry)
end
return 1
