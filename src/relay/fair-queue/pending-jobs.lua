-- Library: counts the pending jobs of each flow and caller, and the size of their inputs. An id counts once, and its entry is removed by
-- name, so that a crash cannot make the counts drift; entries that expire with their record are removed when encountered.
-- @arg keysBegin  prefix of all relay keys, as in fair-queue.lua; these follow `fair:`:
--   pending:<flow>           sorted set: id → when its record expires, ms
--   pending-details:<flow>   hash: id → `<bytes> <caller>`; '=' → total bytes; '@<caller>' → jobs of that caller
local prefix = keysBegin .. 'fair:'
local pending = {}

local function keysOf(flow) return prefix .. 'pending:' .. flow, prefix .. 'pending-details:' .. flow end

function pending.discharge(flow, id)
  local set, details = keysOf(flow)
  if redis.call('ZREM', set, id) == 0 then return end
  local bytes, caller = string.match(redis.call('HGET', details, id) or '0 ', '^(%d+) (.*)$')
  redis.call('HDEL', details, id)
  redis.call('HINCRBY', details, '=', -bytes)
  if redis.call('HINCRBY', details, '@' .. caller, -1) <= 0 then redis.call('HDEL', details, '@' .. caller) end
  if redis.call('EXISTS', set) == 0 then redis.call('DEL', details) end
end

-- keep       lifetime of the longest-lived record, ms
-- limits     {perFlow, perCaller, bytesPerFlow}; nil: it is counted, and never refused
-- pendingMs  how long this one counts, ms; nil: as long as its record exists
-- Returns whether more than half of a limit is used; or nil, and the limit that is reached
function pending.admit(flow, caller, id, bytes, keep, limits, pendingMs)
  local set, details = keysOf(flow)
  local now = redis.call('TIME')[1] * 1000
  for _, expired in ipairs(redis.call('ZRANGEBYSCORE', set, '-inf', now, 'LIMIT', 0, 100)) do
    pending.discharge(flow, expired)
  end
  if redis.call('ZSCORE', set, id) then return false end
  local used = redis.call('HMGET', details, '@' .. caller, '=')
  local ofCaller, ofFlow, size = tonumber(used[1]) or 0, redis.call('ZCARD', set), (tonumber(used[2]) or 0) + bytes
  if limits then
    if ofCaller >= limits.perCaller then return nil, 'perCaller' end
    if ofFlow >= limits.perFlow then return nil, 'perFlow' end
    if size > limits.bytesPerFlow then return nil, 'bytesPerFlow' end
  end
  redis.call('ZADD', set, now + (pendingMs or keep), id)
  redis.call('HSET', details, id, bytes .. ' ' .. caller)
  redis.call('HINCRBY', details, '=', bytes)
  redis.call('HINCRBY', details, '@' .. caller, 1)
  redis.call('PEXPIRE', set, keep)
  redis.call('PEXPIRE', details, keep)
  return limits ~= nil
    and (ofCaller * 2 >= limits.perCaller or ofFlow * 2 >= limits.perFlow or size * 2 >= limits.bytesPerFlow)
end

-- Lets a job that counted temporarily count for as long as its record exists.
function pending.keep(flow, id, keep)
  redis.call('ZADD', keysOf(flow), 'XX', redis.call('TIME')[1] * 1000 + keep, id)
end

return pending
