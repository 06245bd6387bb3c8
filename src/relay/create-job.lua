-- Makes a job's record, unless its caller made it before with the same idempotency key, another job does the same look-up, or too many
-- jobs are pending. A look-up is put into its caller's queue; a job that changes something is reserved only, until release-job.lua
-- puts it there. `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- KEYS[1]  hash: the job's record
-- KEYS[2]  of a look-up: hash: `id` of the job that does the same and has sent no call yet, whose answer is then as new as an own
--          one's; `shared` when more than one caller waits for it
-- ARGV[1]  the job's id
-- ARGV[2]  how long the record is kept, ms
-- ARGV[3]  how long KEYS[2] is kept, ms
-- ARGV[4]  fingerprint of the request; '' for a job without an idempotency key
-- ARGV[5]  JSON of `Queueing` (fair-queue.ts)
-- ARGV[6…] fields and values
-- Returns  {'made', 1 when more than half of a limit is used | 'known' | 'other': known by this id, of another request | 'full', the
--          limit that is reached: nothing was stored | id of the job that does the same}
local of = cjson.decode(ARGV[5])
local queue = fairQueue({}, {of.prefix})
if KEYS[2] then
  local same = redis.call('HGET', KEYS[2], 'id')
  if same then
    redis.call('HSET', KEYS[2], 'shared', 1)
    -- It waits in both callers' queues: nobody waits behind what only the other one has waiting.
    local record = redis.call('HMGET', queue.jobs .. same, 'operation', 'finished', 'turn')
    if record[1] and not record[2] and not record[3] then
      queue.add(same, of.group, of.flow, of.caller, queue.nextPlace())
    end
    return {same}
  end
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'operation', 'fingerprint', 'again', 'release_by')
if known[1] then
  if known[2] ~= ARGV[4] then return {'other'} end
  -- Nothing was done then, and its caller was told to come again.
  local isVoid = known[4] and tonumber(known[4]) < now
  if known[3] ~= '1' and not isVoid then return {'known'} end
end
local keep, release = tonumber(ARGV[2]), of.release
-- Reserved, it is pending until it cannot be released any more: pending jobs count time in seconds.
local pendingMs = release and release.withinMs + 1000 or keep
local isCrowded, limit = pendingJobs({}, {of.prefix}).admit(of.flow, of.caller, ARGV[1], of.bytes, keep, of.limits, pendingMs)
if isCrowded == nil then return {'full', limit} end
if KEYS[2] then
  redis.call('HSET', KEYS[2], 'id', ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
redis.call('DEL', KEYS[1])
local place = queue.nextPlace()
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[4], 'place', place, unpack(ARGV, 6))
redis.call('HSET', KEYS[1], 'group', of.group, 'flow', of.flow, 'caller', of.caller)
if release then
  redis.call('HSET', KEYS[1], 'release_by', string.format('%.0f', now + release.withinMs))
  redis.call('PEXPIRE', KEYS[1], release.keepMs)
else
  redis.call('PEXPIRE', KEYS[1], keep)
  queue.add(ARGV[1], of.group, of.flow, of.caller, place)
end
return {'made', isCrowded and 1 or 0}
