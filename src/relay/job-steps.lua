-- Keeps how the steps of one relay job stand.
-- @key steps    hash: `phase`, `problem`, `failures`, and each step's own status
-- @key results  hash: what they made, sealed
-- @arg action   'open' | 'mark' | 'give-up'
-- @arg step     mark: which one; else ''
-- @arg status   mark: how it stands now; else ''
-- @arg value    mark: what it made, sealed ('' nothing)    give-up: why
-- @arg keepMs   how long it is kept
-- @return open: 1   mark: 1; 0 when it is not `doing` any more   give-up: the phase that it is in then
local phase = redis.call('HGET', steps, 'phase')

if action == 'open' then
  -- What was undone and is asked for once more is a new thing.
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
