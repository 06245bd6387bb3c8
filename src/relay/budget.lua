-- One bucket of the budget: GCRA on Redis's own clock, so that no two hosts disagree on the time.
-- @key bucket  hash: tat       theoretical arrival time of the next call, ms
--                    pause     nobody calls before, ms
--                    wanted    when bulk that found no free slot asks again, ms
--                    streak    interactive slots since bulk had one
--                    kept      time of a slot that is kept for bulk, ms
--                    slow      how much slower than allowed calls are made since the last refusal (1: not), as of `slowed`, ms
--                    refused   how often the authority refused a call because of its limit
--                    limit     the bucket's size, as the authority last said, `limited`, ms
--                    burst, interval   as configured, for whoever looks
-- @arg mode        'interactive' | 'bulk' | 'look' | 'learn' | 'refuse'
-- @arg perCallMs   interval between calls at the sustained rate
-- @arg size        of the bucket
-- @arg unspent     so many tokens are left in it, for calls that arrive bunched
-- @arg first       interactive, bulk: while bulk is waiting, every so many-th slot is bulk's    look: lane to look for
--                  learn: size, as the authority says    refuse: ms to pause
-- @arg second      interactive: ms from now before which the call isn't made    learn: tokens left, as the authority says
--                  bulk, look for bulk: the part of the burst that is left to interactive calls
-- @return {ms to wait for the slot taken; or, for bulk, -1 - ms when none is free and none was taken, `refused`}; look: {ms until a
--         slot is free for that lane, `refused`}
local interval, burst, margin = tonumber(perCallMs), tonumber(size), tonumber(unspent)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local state = redis.call('HMGET', bucket, 'tat', 'pause', 'wanted', 'streak', 'kept', 'slow', 'slowed', 'refused', 'limit',
  'burst', 'limited')
local FORGET_MS, REPEAT_MS = 3600000, 60000
-- After a change of plan no call may report this bucket any more, and its old size would stay for good.
if state[9] and (tonumber(state[10]) ~= burst or now - (tonumber(state[11] or 0)) > FORGET_MS) then
  redis.call('HDEL', bucket, 'limit')
  state[9] = false
end
local function number(i, default) return tonumber(state[i]) or default end
local tat, pause = math.max(number(1, 0), now), number(2, 0)
local wanted, streak, kept = number(3, 0), number(4, 0), number(5, 0)
local slow, slowed, refused = number(6, 1), number(7, 0), number(8, 0)
burst = math.min(burst, number(9, burst))

-- Trust comes back with time: after a refusal calls are rarer, and half of that is forgotten every twenty seconds.
local pace = 1 + (slow - 1) * 2 ^ (-(now - slowed) / 20000)
if pace < 1.01 then pace = 1 end
local base = interval
interval = interval * pace

local function save(...)
  redis.call('HSET', bucket, 'burst', size, 'interval', perCallMs, ...)
  redis.call('PEXPIRE', bucket, 86400000)
end
-- Full precision: tostring() of a double would cut milliseconds off a time this large.
local function text(ms) return string.format('%.3f', ms) end

if mode == 'learn' then
  local limit, left = tonumber(first), tonumber(second)
  if limit and (limit ~= number(9, 0) or now - number(11, 0) > REPEAT_MS) then
    save('limit', limit, 'limited', text(now))
    burst = math.min(tonumber(size), limit)
  end
  -- Somebody else spends from the same bucket: what they took is not ours to spend.
  if left and left + margin + 1 < burst - (tat - now) / base then
    save('tat', text(now + (burst - left) * base))
  end
  return {0, refused}
end

if mode == 'refuse' then
  refused = refused + 1
  pause = math.max(pause, now + tonumber(first))
  -- Of many refusals at once only the first one counts.
  if now - slowed > 1000 then
    save('slow', math.min(8, pace * 1.5), 'slowed', text(now))
  end
  -- The bucket is empty, whatever we thought: after the pause, one call at a time.
  save('pause', text(pause), 'refused', refused, 'tat', text(math.max(tat, pause + burst * base)), 'kept', 0)
  return {0, refused}
end

local lane = mode == 'look' and first or mode
local usable = math.max(1, burst - margin)
local ahead = (usable - 1) * interval
local hasKept = false
if lane == 'bulk' then
  ahead = math.floor((usable - 1) * (1 - tonumber(second))) * interval
  hasKept = kept > 0 and kept <= now and pause <= now
end
local start = hasKept and now or math.max(now, tat - ahead, pause)

-- What waits for a slot that isn't kept for it asks for one to be kept.
if lane == 'bulk' and start > now then save('wanted', text(start)) end
if mode == 'look' then return {math.ceil(start - now), refused} end

if mode == 'bulk' then
  if start > now then return {-1 - math.ceil(start - now), refused} end
  if hasKept then save('kept', 0, 'streak', 0)
  else save('tat', text(tat + interval), 'streak', 0) end
  return {0, refused}
end

start = math.max(start, now + tonumber(second))
tat = math.max(tat, start) + interval
streak = streak + 1
if streak >= tonumber(first) and kept == 0 and now - wanted < 2000 then
  -- The slot after this one is bulk's, so that a flood of interactive calls cannot starve it.
  kept = tat - ahead
  tat = tat + interval
  streak = 0
end
save('tat', text(tat), 'streak', streak, 'kept', text(kept))
return {math.ceil(start - now), refused}
