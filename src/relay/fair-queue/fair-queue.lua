-- Library: start-time fair queueing (Goyal, Vin, Cheng 1996) of relay jobs, on two levels. Flows (tenants) share the slots of a
-- bucket of the budget, callers share the slots of their flow. Each slot costs its flow and its caller 1.
-- @arg keysBegin  prefix of all relay keys, hash-tagged, so that they share one hash slot. `job:<id>` is a job's record;
-- these follow `fair:`:
--   sequence                        string: counter; a job's position in its caller's queue
--   queue:<group>:<flow>:<caller>   sorted set: id of a waiting job → its position
--   backlog:<group>:<flow>          sorted set: caller that has waiting jobs → start tag; -1: assigned when it is first considered
--   backlog:<group>                 sorted set: flow that has waiting jobs → the same
--   tags:<bucket>, :<flow>          sorted set: flow (caller) → finish tag of its last slot; '' → virtual time
--   retries                         sorted set: id of a job that is retried → when, ms
--   turn:<ticket>                   string: `<stalls> <id>`, the job that was taken with that ticket of the queue; the job's record
--                                   says `<ticket>/<stalls>` of the ticket that it was last taken with
-- `group` is the endpoint group of a job's first call. Stale entries (jobs that are gone or taken) are dropped when encountered.
local jobs, prefix = keysBegin .. 'job:', keysBegin .. 'fair:'
local KEEP, TAGS_KEEP = 604800000, 3600000
local queue = {jobs = jobs, prefix = prefix}

local function backlogOf(group, flow) return prefix .. 'backlog:' .. group .. (flow and ':' .. flow or '') end
local function queueOf(group, flow, caller) return prefix .. 'queue:' .. group .. ':' .. flow .. ':' .. caller end
local function tagsOf(bucket, flow) return prefix .. 'tags:' .. bucket .. (flow and ':' .. flow or '') end
local function clockOf(tags) return tonumber(redis.call('ZSCORE', tags, '')) or 0 end
local function startTag(tags, name) return math.max(tonumber(redis.call('ZSCORE', tags, name)) or 0, clockOf(tags)) end
-- A double at full precision.
local function text(tag) return string.format('%.0f', tag) end

function queue.nextPlace() return redis.call('INCR', prefix .. 'sequence') end

function queue.add(id, group, flow, caller, place)
  local keys = {queueOf(group, flow, caller), backlogOf(group, flow), backlogOf(group)}
  redis.call('ZADD', keys[1], place, id)
  redis.call('ZADD', keys[2], 'NX', -1, caller)
  redis.call('ZADD', keys[3], 'NX', -1, flow)
  for _, key in ipairs(keys) do redis.call('PEXPIRE', key, KEEP) end
end

-- Puts a job that was taken back to its position.
function queue.requeue(id)
  local of = redis.call('HMGET', jobs .. id, 'group', 'flow', 'caller', 'place')
  if not of[2] then return end
  redis.call('HDEL', jobs .. id, 'turn')
  queue.add(id, of[1], of[2], of[3], of[4])
end

-- Requeues the job that a ticket still holds: its worker died, or its retry is due.
-- Returns the id of a job that has ended and whose event may not be published yet.
function queue.giveBack(ticket, stalls, own)
  local held = redis.call('GET', prefix .. 'turn:' .. ticket)
  local before, id = 0, own
  if held then before, id = string.match(held, '^(%d+) (.+)$') end
  if not id then return false end
  local of = redis.call('HMGET', jobs .. id, 'finished', 'event', 'turn')
  if of[1] then return of[2] and id end
  if not held then return false end
  redis.call('DEL', prefix .. 'turn:' .. ticket)
  if redis.call('ZREM', prefix .. 'retries', id) == 0 and of[3] ~= ticket .. '/' .. before then return false end
  if stalls > tonumber(before) then redis.call('HINCRBY', jobs .. id, 'crashes', stalls - tonumber(before)) end
  queue.requeue(id)
  return false
end

function queue.retryLater(id, at)
  redis.call('HDEL', jobs .. id, 'turn')
  redis.call('ZADD', prefix .. 'retries', at, id)
  redis.call('PEXPIRE', prefix .. 'retries', KEEP)
end

function queue.promoteRetries(now)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'retries', '-inf', now, 'LIMIT', 0, 100)) do
    redis.call('ZREM', prefix .. 'retries', id)
    queue.requeue(id)
  end
end

-- The member of several backlogs, or among `names`, with the least tag.
local function least(backlogs, tags, names, full)
  local best, bestTag
  -- Tags never lie behind the virtual time: a group that had no slot does not catch up on slots that others took meanwhile.
  local clock = clockOf(tags)
  local function offer(name, tag)
    tag = math.max(tag, clock)
    if not bestTag or tag < bestTag then best, bestTag = name, tag end
  end
  for name in pairs(names) do
    local tag
    for _, backlog in ipairs(backlogs) do
      local score = tonumber(redis.call('ZSCORE', backlog, name)) or -1
      if score >= 0 and (not tag or score < tag) then tag = score end
    end
    offer(name, tag or startTag(tags, name))
  end
  for _, backlog in ipairs(backlogs) do
    local skip = 0
    while true do
      local found = redis.call('ZRANGE', backlog, skip, skip, 'WITHSCORES')
      if not found[1] then break end
      local tag = tonumber(found[2])
      if full[found[1]] then
        -- Unused turns of a full flow do not accumulate.
        if tag >= 0 then redis.call('ZADD', backlog, -1, found[1]) end
        skip = skip + 1
      elseif tag < 0 then
        redis.call('ZADD', backlog, text(startTag(tags, found[1])), found[1])
      else
        offer(found[1], tag)
        break
      end
    end
  end
  return best, bestTag
end

-- The first job of a queue that is still waiting.
local function headOf(key)
  while true do
    local found = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    if not found[1] then return end
    local of = redis.call('HMGET', jobs .. found[1], 'operation', 'finished', 'turn')
    if of[1] and not of[2] and not of[3] then return found[1], tonumber(found[2]) end
    redis.call('ZREM', key, found[1])
  end
end

local function dropIfEmpty(group, flow, caller)
  if redis.call('EXISTS', queueOf(group, flow, caller)) == 1 then return end
  redis.call('ZREM', backlogOf(group, flow), caller)
  if redis.call('EXISTS', backlogOf(group, flow)) == 0 then redis.call('ZREM', backlogOf(group), flow) end
end

-- Removes a waiting job that was cancelled.
function queue.remove(id)
  local of = redis.call('HMGET', jobs .. id, 'group', 'flow', 'caller')
  if not of[2] then return end
  redis.call('ZREM', queueOf(of[1], of[2], of[3]), id)
  dropIfEmpty(of[1], of[2], of[3])
end

local function each(groups, toKey)
  local keys = {}
  for i, group in ipairs(groups) do keys[i] = toKey(group) end
  return keys
end

-- Chooses who gets the next slot of a bucket.
--   groups of which a job can be started now
--   calls  {{flow, caller, number}, …} of running jobs that wait for a slot for a further call
--   full   set of flows that start no further job
-- Returns nil, or {flow, caller, tags of both, call = its number | id, group}
function queue.choose(bucket, groups, calls, full)
  while true do
    local flows = {}
    for _, call in ipairs(calls) do flows[call[1]] = true end
    local flow, flowTag = least(each(groups, backlogOf), tagsOf(bucket), flows, full)
    if not flow then return nil end
    local callers = {}
    for _, call in ipairs(calls) do
      if call[1] == flow then callers[call[2]] = true end
    end
    local own = full[flow] and {} or each(groups, function(group) return backlogOf(group, flow) end)
    local caller, callerTag = least(own, tagsOf(bucket, flow), callers, {})
    if not caller then
      -- The entries of its callers have expired.
      for _, group in ipairs(groups) do redis.call('ZREM', backlogOf(group), flow) end
    else
      local chosen = {flow = flow, caller = caller, flowTag = flowTag, callerTag = callerTag}
      -- Running jobs go before new ones.
      for _, call in ipairs(calls) do
        if call[1] == flow and call[2] == caller then
          chosen.call = call[3]
          return chosen
        end
      end
      local first
      for _, group in ipairs(groups) do
        local id, place = headOf(queueOf(group, flow, caller))
        if not id then dropIfEmpty(group, flow, caller)
        elseif not first or place < first then first, chosen.id, chosen.group = place, id, group end
      end
      if first then return chosen end
    end
  end
end

local function charge(backlogs, tags, name, tag)
  local clock = math.max(clockOf(tags), tag)
  redis.call('ZADD', tags, text(tag + 1), name, text(clock), '')
  redis.call('ZREMRANGEBYSCORE', tags, '-inf', '(' .. text(clock))
  redis.call('PEXPIRE', tags, TAGS_KEEP)
  for _, backlog in ipairs(backlogs) do redis.call('ZADD', backlog, 'XX', text(tag + 1), name) end
end

-- Gives a slot to whom `choose` chose; a job is taken with that ticket.
function queue.take(bucket, groups, chosen, ticket, stalls)
  local flow, caller, id = chosen.flow, chosen.caller, chosen.id
  if id then
    redis.call('ZREM', queueOf(chosen.group, flow, caller), id)
    redis.call('ZREM', prefix .. 'retries', id)
    redis.call('HSET', jobs .. id, 'turn', ticket .. '/' .. stalls)
    redis.call('SET', prefix .. 'turn:' .. ticket, stalls .. ' ' .. id, 'PX', KEEP)
    dropIfEmpty(chosen.group, flow, caller)
  end
  charge(each(groups, backlogOf), tagsOf(bucket), flow, chosen.flowTag)
  charge(each(groups, function(group) return backlogOf(group, flow) end), tagsOf(bucket, flow), caller, chosen.callerTag)
end

-- The groups that have waiting jobs.
function queue.backlogged(groups)
  local found = {}
  for _, group in ipairs(groups) do
    if redis.call('EXISTS', backlogOf(group)) == 1 then found[#found + 1] = group end
  end
  return found
end

return queue
