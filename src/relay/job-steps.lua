-- Stores the progress of a relay job's steps.
-- @key steps    hash: `phase`, `problem`, `failures`, and each step's own status
-- @key results  hash: their results, sealed
-- @arg action   'open' | 'mark' | 'give-up'
-- @arg step     mark: its name; else ''
-- @arg status   mark: its new status; else ''
-- @arg value    mark: its result, sealed ('': none)    give-up: the problem
-- @arg keepMs   lifetime
-- @return open: 1   mark: 1; 0 when the phase is no longer `doing`   give-up: the phase afterwards
local phase = redis.call('HGET', steps, 'phase')

if action == 'open' then
  -- A retry of an undone job starts from scratch.
  if phase == 'undone' then redis.call('DEL', steps, results) end
  redis.call('HSETNX', steps, 'phase', 'doing')
  redis.call('PEXPIRE', steps, keepMs)
  return 1
end

if action == 'mark' then
  if phase ~= 'doing' then return 0 end
  redis.call('HSET', steps, step, status)
  if value ~= '' then
    redis.call('HSET', results, step, value)
    redis.call('PEXPIRE', results, keepMs)
  end
  return 1
end

if action == 'give-up' then
  if phase and phase ~= 'doing' then return phase end
  redis.call('HSET', steps, 'phase', 'undoing', 'problem', value)
  redis.call('PEXPIRE', steps, keepMs)
  return 'undoing'
end
