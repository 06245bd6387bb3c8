-- Makes, changes or removes one webhook, unless somebody else has changed it meanwhile.
-- KEYS  1 the tenant's webhooks  2 tenants that have some  3 outbox  4 all that are due  5 its state  6 what is due  7 tries  8 log
-- ARGV  1 tenant  2 id  3 what it was ('' none)  4 what it becomes ('' nothing)  5 the event that tells of it ('' none)
--       6 how many there may be  7 id in the audit log from where on it is told, of a new one or again ('' as it is)
--       8 '1': what failed before is forgotten and it is tried at once
--       9 id in the audit log up to where events are passed over if it was disabled, or had let its verification expire ('' none)
--       10 now, ms  11 id of a verification that begins, if it is not verified ('' none)  12 how long events are held back for that, ms
--       13 id in the audit log up to where a replay goes ('' none is asked for)
-- Returns 1; 0 when it was not as expected; 2 when there are too many; 3 when a replay is in progress
local was = redis.call('HGET', KEYS[1], ARGV[2]) or ''
if was ~= ARGV[3] then return 0 end
local entry, now = ARGV[1] .. ' ' .. ARGV[2], tonumber(ARGV[10])
local msOf = function(id) return tonumber(string.match(id, '^%d+')) end
local countOf = function(id) return tonumber(string.match(id, '%d+$')) end
local isBehind = function(a, b) return msOf(a) < msOf(b) or (msOf(a) == msOf(b) and countOf(a) < countOf(b)) end
local state = function(field) return redis.call('HGET', KEYS[5], field) end
if ARGV[4] == '' then
  redis.call('HDEL', KEYS[1], ARGV[2])
  redis.call('DEL', KEYS[5], KEYS[6], KEYS[7], KEYS[8])
  redis.call('ZREM', KEYS[4], entry)
  if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HDEL', KEYS[2], ARGV[1]) end
else
  if was == '' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then return 2 end
  local begun, goesTo = state('replay_begun'), state('replay_to')
  local isReplaying = begun and isBehind(state('cursor') or '0-0', goesTo)
  if ARGV[13] ~= '' then
    -- What has not been tried since a replay began is due since before that.
    if begun and (isReplaying or redis.call('ZCOUNT', KEYS[6], '-inf', begun) > 0) then return 3 end
    redis.call('HSET', KEYS[5], 'replay_begun', now, 'replay_to', ARGV[13])
  end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
  redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
  if ARGV[7] ~= '' then
    -- Never forward: what was not taken over yet would be passed over.
    local cursor = state('cursor')
    if not cursor or msOf(ARGV[7]) < msOf(cursor) then
      redis.call('HSET', KEYS[5], 'cursor', ARGV[7])
      redis.call('HDEL', KEYS[5], 'cursor_seq')
    end
  end
  local before, after = was ~= '' and cjson.decode(was) or {}, cjson.decode(ARGV[4])
  local isExpired = was ~= '' and not isReplaying and not before.verified_at and tonumber(state('verification_ends') or 0) <= now
  -- Whoever takes events over may not have come so far yet, and would find it enabled.
  if ARGV[9] ~= '' and (before.status == 'disabled' or isExpired) and isBehind(state('cursor') or '0-0', ARGV[9]) then
    redis.call('HSET', KEYS[5], 'cursor', ARGV[9])
    redis.call('HDEL', KEYS[5], 'cursor_seq')
  end
  if ARGV[8] ~= '' then
    redis.call('HDEL', KEYS[5], 'failing_since', 'paused_until', 'asked_until')
    redis.call('ZADD', KEYS[4], now, entry)
  end
  if after.verified_at then
    redis.call('HDEL', KEYS[5], 'verification', 'verification_tries', 'verification_at', 'verification_ends')
  elseif ARGV[11] ~= '' then
    redis.call('HSET', KEYS[5], 'verification', ARGV[11], 'verification_tries', 0, 'verification_at', now,
      'verification_ends', now + tonumber(ARGV[12]))
    redis.call('ZADD', KEYS[4], now, entry)
  end
end
if ARGV[5] ~= '' then redis.call('XADD', KEYS[3], '*', 'e', ARGV[5]) end
return 1
