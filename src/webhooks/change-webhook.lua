-- Creates, changes or deletes a webhook, unless it was changed concurrently.
-- @key webhooks       hash: the tenant's, by id
-- @key tenants        hash: tenants that have some
-- @key outbox         stream
-- @key allDue         sorted set: webhooks of all tenants → when each is scheduled, ms
-- @key state          hash: its state
-- @key due            sorted set: event → when its next attempt is scheduled, ms
-- @key tries          hash: event → number of attempts
-- @key log            list: attempts
-- @arg tenantId
-- @arg id
-- @arg from           its expected value ('' absent)
-- @arg becomes        '' deleted
-- @arg event          the event to record ('' none)
-- @arg limit          maximum number of webhooks
-- @arg tellFrom       id in the audit log from which a new webhook, or a replay, gets events ('' unchanged)
-- @arg triesAtOnce    '1': clears past failures and schedules it immediately
-- @arg passOver       id in the audit log up to which events are skipped if it was disabled or its verification expired ('' none)
-- @arg nowMs          ms since 1970
-- @arg verification   id of a verification to start if it is not verified ('' none)
-- @arg verificationMs how long events are held back for that
-- @arg replayTo       id in the audit log at which a replay ends ('' no replay)
-- @return 1; 0 when it was changed concurrently; 2 when the limit is reached; 3 when a replay is in progress
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
    -- An event not attempted since the replay began is scheduled before its begin.
    if begun and (isReplaying or redis.call('ZCOUNT', due, '-inf', begun) > 0) then return 3 end
    redis.call('HSET', state, 'replay_begun', now, 'replay_to', replayTo)
  end
  redis.call('HSET', webhooks, id, becomes)
  redis.call('HINCRBY', tenants, tenantId, 1)
  if tellFrom ~= '' then
    -- Never forward: events not taken over yet would be skipped.
    local cursor = stateOf('cursor')
    if not cursor or msOf(tellFrom) < msOf(cursor) then
      redis.call('HSET', state, 'cursor', tellFrom)
      redis.call('HDEL', state, 'cursor_seq')
    end
  end
  local before, after = was ~= '' and cjson.decode(was) or {}, cjson.decode(becomes)
  local isExpired = was ~= '' and not isReplaying and not before.verified_at and tonumber(stateOf('verification_ends') or 0) <= now
  -- The dispatcher may be behind, and would find it enabled.
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
