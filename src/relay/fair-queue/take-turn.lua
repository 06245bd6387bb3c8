-- Assigns the next slot of a bucket: to a call of a running job, or to a waiting job, which is started with it.
-- `fairQueue` is fair-queue.lua, `budget` budget.lua, `start` start-job.lua.
-- @key bucket   of the budget
-- @arg request  JSON of `TurnRequest` (fair-queue.ts)
-- @arg ...slot  of the bucket, as `budget` takes it
-- @return {'none' | 'wait', ms, refusals so far | 'call', number | 'job', id, its record's fields and values, '1' when it was
--         started; groups that have waiting jobs; id of a job whose event may not be published yet}
local asked = cjson.decode(request)
local queue = fairQueue(asked.prefix)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local settle = asked.ticket and queue.giveBack(asked.ticket, asked.stalls, asked.own) or ''
queue.promoteRetries(now)
local full = {}
for _, flow in ipairs(asked.full) do full[flow] = true end
local backlogged = queue.backlogged(asked.allGroups)
local function answer(...) return {{...}, queue.backlogged(backlogged), settle} end

-- Skips groups whose own bucket beside this one is empty, so that no other group waits for them.
local free = {}
local function isFree(group)
  local own = asked.beside[group]
  if own and free[group] == nil then
    free[group] = budget(own[1], 'look', own[2], own[3], own[4], 'interactive', 0)[1] == 0
  end
  return not own or free[group]
end
local waiting, groups, calls = {}, {}, {}
-- Without a ticket no job can be started.
if asked.ticket then
  local ofBucket = {}
  for _, group in ipairs(asked.groups) do ofBucket[group] = true end
  for _, group in ipairs(backlogged) do
    if ofBucket[group] then
      waiting[#waiting + 1] = group
      if isFree(group) then groups[#groups + 1] = group end
    end
  end
end
for number, call in ipairs(asked.calls) do
  if isFree(call[3]) then calls[#calls + 1] = {call[1], call[2], number} end
end

local chosen = queue.choose(asked.bucket, groups, calls, full)
if not chosen then return answer('none') end
-- A slot that was reserved before Auth0 refused a call is void.
local refused = tonumber(redis.call('HGET', bucket, 'refused')) or 0
if asked.reserved ~= refused then
  local taken = budget(bucket, unpack(slot))
  if taken[1] > 0 then return answer('wait', taken[1], taken[2]) end
end
local own = asked.beside[chosen.call and asked.calls[chosen.call][3] or chosen.group]
if own then budget(own[1], 'interactive', own[2], own[3], own[4], slot[5], 0) end
queue.take(asked.bucket, waiting, chosen, asked.ticket, asked.stalls)
redis.call('SET', queue.prefix .. 'last-turn', now)
if chosen.call then return answer('call', chosen.call) end

local key = queue.jobs .. chosen.id
local record = redis.call('HGETALL', key)
-- A read that has its slot is running. The read's key is in the hash slot of all relay jobs, as the job is.
local isRead = string.find(chosen.group, '_read', 1, true) ~= nil
if isRead then start(key, redis.call('HGET', key, 'flight') or nil, chosen.id, '0') end
return answer('job', chosen.id, record, isRead and '1' or '0')
