-- Makes, changes or removes one webhook, unless somebody else has changed it meanwhile.
-- @key webhooks       hash: the tenant's, by id
-- @key tenants        hash: tenants that have some
-- @key outbox         stream
-- @key allDue         sorted set: webhooks of all tenants → when each is due, ms
-- @key state          hash: how it stands
-- @key due            sorted set: event → when it is tried, ms
-- @key tries          hash: event → how often it was
-- @key log            list: tries
-- @arg tenantId
-- @arg id
-- @arg from           what it was ('' none)
-- @arg becomes        '' nothing
-- @arg event          tells of it ('' none)
-- @arg limit          how many there may be
-- @arg tellFrom       id in the audit log from where on it is told, of a new one or again ('' as it is)
-- @arg triesAtOnce    '1': what failed before is forgotten and it is tried at once
-- @arg passOver       id in the audit log up to where events are passed over if it was disabled, or had let its verification expire ('' none)
-- @arg nowMs          ms since 1970
-- @arg verification   id of one that begins, if it is not verified ('' none)
-- @arg verificationMs how long events are held back for that
-- @arg replayTo       id in the audit log up to where a replay goes ('' none is asked for)
-- @return 1; 0 when it was not as expected; 2 when there are too many; 3 when a replay is in progress
local was = redis.call('HGET', webhooks, id) or ''
if was ~= from then return 0 end
local entry, now = tenantId .. ' ' .. id, tonumber(nowMs)
local msOf = function(id) return tonumber(string.match(id, '^%d+')) end
local countOf = function(id) return tonumber(string.match(id, '%d+$')) end
local isBehind = function(a, b) return msOf(a) < msOf(b) or (msOf(a) == msOf(b) and countOf(a) < countOf(b)) end
local stateOf = function(field) return redis.call('HGET', state, field) end
if becomes == '' then
  redis.call('HDEL', webhooks, id)
  redis.call('DEL', state, due, tries, log)
  redis.call('ZREM', allDue, entry)
  if redis.call('EXISTS', webhooks) == 0 then redis.call('HDEL', tenants, tenantId) end
else
  if was == '' and redis.call('HLEN', webhooks) >= tonumber(limit) then return 2 end
  local begun, goesTo = stateOf('replay_begun'), stateOf('replay_to')
  local isReplaying = begun and isBehind(stateOf('cursor') or '0-0', goesTo)
  if replayTo ~= '' then
    -- What has not been tried since a replay began is due since before that.
    if begun and (isReplaying or redis.call('ZCOUNT', due, '-inf', begun) > 0) then return 3 end
    redis.call('HSET', state, 'replay_begun', now, 'replay_to', replayTo)
  end
  redis.call('HSET', webhooks, id, becomes)
  redis.call('HINCRBY', tenants, tenantId, 1)
  if tellFrom ~= '' then
    -- Never forward: what was not taken over yet would be passed over.
    local cursor = stateOf('cursor')
    if not cursor or msOf(tellFrom) < msOf(cursor) then
      redis.call('HSET', state, 'cursor', tellFrom)
      redis.call('HDEL', state, 'cursor_seq')
    end
  end
  local before, after = was ~= '' and cjson.decode(was) or {}, cjson.decode(becomes)
  local isExpired = was ~= '' and not isReplaying and not before.verified_at and tonumber(stateOf('verification_ends') or 0) <= now
  -- Whoever takes events over may not have come so far yet, and would find it enabled.
  if passOver ~= '' and (before.status == 'disabled' or isExpired) and isBehind(stateOf('cursor') or '0-0', passOver) then
    redis.call('HSET', state, 'cursor', passOver)
    redis.call('HDEL', state, 'cursor_seq')
  end
  if triesAtOnce ~= '' then
    redis.call('HDEL', state, 'failing_since', 'paused_until', 'asked_until')
    redis.call('ZADD', allDue, now, entry)
  end
  if after.verified_at then
    redis.call('HDEL', state, 'verification', 'verification_tries', 'verification_at', 'verification_ends')
  elseif verification ~= '' then
    redis.call('HSET', state, 'verification', verification, 'verification_tries', 0, 'verification_at', now,
      'verification_ends', now + tonumber(verificationMs))
    redis.call('ZADD', allDue, now, entry)
  end
end
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
return 1
