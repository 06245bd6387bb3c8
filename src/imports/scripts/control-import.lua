-- Cancels, pauses or resumes an import.
-- @key state        hash: state of the import
-- @key ...expiring  keys that expire after the end
-- @arg action       'cancel' | 'pause' | 'resume'
-- @arg id           of the import
-- @arg now          ISO 8601
-- @arg keepMs       retention of `expiring` after the end
-- @arg channel      pub/sub channel of watchers
-- @arg eventField   field for the event of this change; '': no event
-- @arg event
-- @return 'done' | 'same': nothing changed | 'ended' | 'unknown'
local wanted = { cancel = 'cancelled', pause = 'paused', resume = 'running' }
local status, started = unpack(redis.call('HMGET', state, 'status', 'started_at'))
if not status then return 'unknown' end
if status == wanted[action] or (action == 'resume' and status == 'queued') then return 'same' end
if status == 'completed' or status == 'cancelled' then return 'ended' end
local to = wanted[action]
if action == 'resume' and not started then to = 'queued' end
redis.call('HSET', state, 'status', to)
if eventField ~= '' then redis.call('HSET', state, eventField, event) end
redis.call('HDEL', state, 'rate', 'rate_ms', 'rate_done')
if action == 'cancel' then
  redis.call('HSET', state, 'completed_at', now)
  for _, key in ipairs(expiring) do redis.call('PEXPIRE', key, keepMs) end
end
redis.call('HINCRBY', state, 'version', 1)
redis.call('PUBLISH', channel, id)
return 'done'
