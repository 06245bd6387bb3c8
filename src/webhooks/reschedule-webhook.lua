-- Reschedules a webhook after its round, by what is still pending. Atomic, so that no concurrent event is missed.
-- @key webhooks   hash: the tenant's, by id
-- @key allDue     sorted set: webhooks of all tenants → when each is scheduled, ms
-- @key state      hash: its state
-- @key due        sorted set: event → when its next attempt is scheduled, ms
-- @arg tenantId
-- @arg id
-- @arg notBefore  nothing is sent before, ms
local entry = tenantId .. ' ' .. id
local webhook = redis.call('HGET', webhooks, id)
local is = webhook and cjson.decode(webhook) or {}
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
local verification = redis.call('HGET', state, 'verification_at')
-- Until the endpoint is verified it gets challenges only.
local isDue = is.status == 'enabled' and ((is.verified_at and #first > 0) or (not is.verified_at and verification))
if not isDue then
  redis.call('ZREM', allDue, entry)
else
  local pause = math.max(tonumber(redis.call('HGET', state, 'paused_until') or 0),
    tonumber(redis.call('HGET', state, 'asked_until') or 0))
  local at = is.verified_at and math.max(tonumber(first[2]), pause) or tonumber(verification)
  redis.call('ZADD', allDue, string.format('%.0f', math.max(at, tonumber(notBefore))), entry)
end
return 1
