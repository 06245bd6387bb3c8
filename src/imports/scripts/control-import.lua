-- Cancels, pauses or resumes an import.
-- KEYS[1]  hash: state of the import   KEYS[2…] what goes some time after the end
-- ARGV[1]  'cancel' | 'pause' | 'resume'   ARGV[2] now, ISO 8601   ARGV[3] keep, ms   ARGV[4] channel to tell on
-- ARGV[5]  when set: field for the event that tells of it   ARGV[6] that event
-- Returns  'done' | 'same': it was so already | 'ended' | 'unknown'
local action = ARGV[1]
local wanted = { cancel = 'cancelled', pause = 'paused', resume = 'running' }
local status, started = unpack(redis.call('HMGET', KEYS[1], 'status', 'started_at'))
if not status then return 'unknown' end
if status == wanted[action] or (action == 'resume' and status == 'queued') then return 'same' end
if status == 'completed' or status == 'cancelled' then return 'ended' end
local to = wanted[action]
if action == 'resume' and not started then to = 'queued' end
redis.call('HSET', KEYS[1], 'status', to)
if ARGV[5] then redis.call('HSET', KEYS[1], ARGV[5], ARGV[6]) end
redis.call('HDEL', KEYS[1], 'rate', 'rate_ms', 'rate_done')
if action == 'cancel' then
  redis.call('HSET', KEYS[1], 'completed_at', ARGV[2])
  for i = 2, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('PUBLISH', ARGV[4], string.match(KEYS[1], 'import:([^}]+)}'))
return 'done'
