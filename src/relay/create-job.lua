-- Creates a job's record, unless its caller created it before with the same idempotency key, another job does the same read, or too many
-- jobs are pending. A read is queued immediately; a job that changes something is only reserved, until release-job.lua queues it.
-- `fairQueue` is fair-queue.lua, `pendingJobs` pending-jobs.lua.
-- @key record       hash: the job's record
-- @key flight?      for a read: hash: `id` of the job that does the same and has sent no call yet, so that its answer is fresh enough;
--                   `shared` when more than one caller waits for it
-- @arg id           of the job
-- @arg keepMs       lifetime of the record
-- @arg flightMs     lifetime of `flight`
-- @arg fingerprint  of the request; '' for a job without an idempotency key
-- @arg queueing     JSON of `Queueing` (flow.ts)
-- @arg ...fields    with their values
-- @return {'made', 1 when more than half of a limit is used | 'known' | 'other': known by this id, for another request | 'full', the
--         limit that is reached: nothing was stored | 'same', id of the job that does the same}
local of = cjson.decode(queueing)
local queue = fairQueue(of.prefix)
if flight then
  local same = redis.call('HGET', flight, 'id')
  if same then
    redis.call('HSET', flight, 'shared', 1)
    -- Queue it for both callers, so that neither is blocked by other jobs of the first.
    local other = redis.call('HMGET', queue.jobs .. same, 'operation', 'finished', 'turn')
    if other[1] and not other[2] and not other[3] then
      queue.add(same, of.group, of.flow, of.caller, queue.nextPlace())
    end
    return {'same', same}
  end
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', record, 'operation', 'fingerprint', 'again', 'release_by')
if known[1] then
  if known[2] ~= fingerprint then return {'other'} end
  -- It was never executed, and its caller was told to retry.
  local isVoid = known[4] and tonumber(known[4]) < now
  if known[3] ~= '1' and not isVoid then return {'known'} end
end
local keep, release = tonumber(keepMs), of.release
-- While reserved, it is pending until it can no longer be released: pending jobs have expiry times in seconds.
local pendingMs = release and release.withinMs + 1000 or keep
local isCrowded, limit = pendingJobs(of.prefix).admit(of.flow, of.caller, id, of.bytes, keep, of.limits, pendingMs)
if isCrowded == nil then return {'full', limit} end
if flight then
  redis.call('HSET', flight, 'id', id)
  redis.call('PEXPIRE', flight, flightMs)
end
redis.call('DEL', record)
local place = queue.nextPlace()
redis.call('HSET', record, 'fingerprint', fingerprint, 'place', place, unpack(fields))
redis.call('HSET', record, 'group', of.group, 'flow', of.flow, 'caller', of.caller)
if release then
  redis.call('HSET', record, 'release_by', string.format('%.0f', now + release.withinMs))
  redis.call('PEXPIRE', record, release.keepMs)
else
  redis.call('PEXPIRE', record, keep)
  queue.add(id, of.group, of.flow, of.caller, place)
end
return {'made', isCrowded and 1 or 0}
