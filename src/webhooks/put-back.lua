-- After its turn: says when a webhook is next due, by what is left to be told. In one step, so that nothing that comes meanwhile is lost.
-- @key webhooks   hash: the tenant's, by id
-- @key allDue     sorted set: webhooks of all tenants → when each is due, ms
-- @key state      hash: how it stands
-- @key due        sorted set: event → when it is tried, ms
-- @arg tenantId
-- @arg id
-- @arg notBefore  nothing is sent before, ms
local entry = tenantId .. ' ' .. id
local webhook = redis.call('HGET', webhooks, id)
local is = webhook and cjson.decode(webhook) or {}
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
local verification = redis.call('HGET', state, 'verification_at')
-- Until the endpoint has agreed it is asked whether it does, and is told nothing.
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
