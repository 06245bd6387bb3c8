-- Keeps how the steps of one relay job stand.
-- KEYS  1 steps: `phase`, `problem`, `failures`, and each step's own status  2 what they made, sealed
-- ARGV  1 what is to be done, its parameters, and last: how long it is kept, ms
local what, keep = ARGV[1], ARGV[#ARGV]
local phase = redis.call('HGET', KEYS[1], 'phase')

if what == 'open' then
  -- What was undone and is asked for once more is a new thing.
  if phase == 'undone' then redis.call('DEL', KEYS[1], KEYS[2]) end
  redis.call('HSETNX', KEYS[1], 'phase', 'doing')
  redis.call('PEXPIRE', KEYS[1], keep)
  return 1
end

if what == 'mark' then
  if phase ~= 'doing' then return 0 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
  if ARGV[4] ~= '' then
    redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
    redis.call('PEXPIRE', KEYS[2], keep)
  end
  return 1
end

if what == 'give-up' then
  if phase and phase ~= 'doing' then return phase end
  redis.call('HSET', KEYS[1], 'phase', 'undoing', 'problem', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], keep)
  return 'undoing'
end
