-- Makes, changes or removes one webhook, unless somebody else has changed it meanwhile.
-- KEYS  1 the tenant's webhooks  2 tenants that have some  3 outbox  4 all that are due  5 its state  6 what is due  7 tries  8 log
-- ARGV  1 tenant  2 id  3 what it was ('' none)  4 what it becomes ('' nothing)  5 the event that tells of it ('' none)
--       6 how many there may be  7 id in the audit log from where on it is told, of a new one or again ('' as it is)
--       8 now, when what failed before is forgotten and it is tried at once; else ''
--       9 id in the audit log up to where events are passed over if it was disabled ('' none)
-- Returns 1; 0 when it was not as expected; 2 when there are too many
local was = redis.call('HGET', KEYS[1], ARGV[2]) or ''
if was ~= ARGV[3] then return 0 end
local entry = ARGV[1] .. ' ' .. ARGV[2]
local msOf = function(id) return tonumber(string.match(id, '^%d+')) end
local countOf = function(id) return tonumber(string.match(id, '%d+$')) end
if ARGV[4] == '' then
  redis.call('HDEL', KEYS[1], ARGV[2])
  redis.call('DEL', KEYS[5], KEYS[6], KEYS[7], KEYS[8])
  redis.call('ZREM', KEYS[4], entry)
  if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HDEL', KEYS[2], ARGV[1]) end
else
  if was == '' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then return 2 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
  redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
  if ARGV[7] ~= '' then
    -- Never forward: what was not taken over yet would be passed over.
    local cursor = redis.call('HGET', KEYS[5], 'cursor')
    if not cursor or msOf(ARGV[7]) < msOf(cursor) then redis.call('HSET', KEYS[5], 'cursor', ARGV[7]) end
  end
  -- Whoever takes events over may not have come so far yet, and would find it enabled.
  if ARGV[9] ~= '' and was ~= '' and cjson.decode(was).status == 'disabled' then
    local cursor = redis.call('HGET', KEYS[5], 'cursor') or '0-0'
    local later = msOf(ARGV[9]) - msOf(cursor)
    if later > 0 or (later == 0 and countOf(ARGV[9]) > countOf(cursor)) then redis.call('HSET', KEYS[5], 'cursor', ARGV[9]) end
  end
  if ARGV[8] ~= '' then
    redis.call('HDEL', KEYS[5], 'failing_since', 'paused_until')
    redis.call('ZADD', KEYS[4], ARGV[8], entry)
  end
end
if ARGV[5] ~= '' then redis.call('XADD', KEYS[3], '*', 'e', ARGV[5]) end
return 1
