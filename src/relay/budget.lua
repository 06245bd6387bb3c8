-- One bucket of the budget: GCRA on Redis's own clock, so that no two hosts disagree on the time.
-- KEYS[1]  hash: tat     theoretical arrival time of the next call, ms
--                pause   nobody calls before, ms
--                wanted  when bulk last found no free slot, ms
--                streak  interactive slots since bulk had one
--                kept    time of a slot that is kept for bulk, ms
-- ARGV[1]  'interactive' | 'bulk' | 'pause'
-- ARGV[2]  interval between calls at the sustained rate, ms (with 'pause': how long, ms)
-- ARGV[3]  how far ahead of the sustained rate this lane may be, ms (the burst)
-- ARGV[4]  while bulk is waiting, every so many-th slot is bulk's
-- Returns  ms to wait for the slot taken; or, for bulk, -1 - ms when none is free and none was taken.
local lane, interval, ahead, turn = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local state = redis.call('HMGET', KEYS[1], 'tat', 'pause', 'wanted', 'streak', 'kept')
local tat, pause = tonumber(state[1]) or 0, tonumber(state[2]) or 0
local wanted, streak, kept = tonumber(state[3]) or 0, tonumber(state[4]) or 0, tonumber(state[5]) or 0

local function save(...)
  redis.call('HSET', KEYS[1], ...)
  redis.call('PEXPIRE', KEYS[1], 3600000)
end
-- Full precision: tostring() of a double would cut milliseconds off a time this large.
local function text(ms) return string.format('%.3f', ms) end

if lane == 'pause' then
  save('pause', text(math.max(pause, now + interval)))
  return 0
end

if lane == 'bulk' and kept > 0 and kept <= now and pause <= now then
  save('kept', 0, 'streak', 0)
  return 0
end

local start = math.max(now, math.max(tat, now) - ahead, pause)
if lane == 'bulk' then
  if start > now then
    save('wanted', text(now))
    return -1 - math.ceil(start - now)
  end
  save('tat', text(math.max(tat, start) + interval), 'streak', 0)
  return 0
end

tat = math.max(tat, start) + interval
streak = streak + 1
if streak >= turn and kept == 0 and now - wanted < 2000 then
  -- The slot after this one is bulk's, so that a flood of interactive calls cannot starve it.
  kept = tat - ahead
  tat = tat + interval
  streak = 0
end
save('tat', text(tat), 'streak', streak, 'kept', text(kept))
return math.ceil(start - now)
