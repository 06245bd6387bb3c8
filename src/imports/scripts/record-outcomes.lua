-- Records the outcome of rows, once each, and counts them; the last one ends the import.
-- @key state        hash: state of the import
-- @key marks        string: one byte per row
-- @key ...expiring  keys that expire after the end, with the marks
-- @arg id           of the import
-- @arg now          ISO 8601
-- @arg keepMs       retention of rows and marks after the end
-- @arg channel      pub/sub channel of watchers
-- @arg ...outcomes  per row: number, mark, and the event to emit ('': none)
-- @return 1 when this ended the import, else 0
local OPEN = { ['.'] = true, o = true }
-- Created, and not a member of its organization yet; `joining` counts these rows.
local JOINING = 'm'
local JOINED = { c = true, x = true }
local FIELDS = { c = 'created', s = 'skipped', u = 'unknown' }
-- Shortest interval between two messages to watchers.
local NOTIFY_MS = 200
-- Interval over which the rate is measured.
local RATE_MS = 2000

local known = redis.call('HMGET', state, 'tenant', 'total', 'done', 'status', 'told_ms', 'rate_ms', 'rate_done')
if not known[1] then return 0 end
local counts, fresh, joining = {}, 0, 0
for i = 1, #outcomes, 3 do
  local at, mark = tonumber(outcomes[i]) - 1, outcomes[i + 1]
  local before = redis.call('GETRANGE', marks, at, at)
  if OPEN[before] or (before == JOINING and JOINED[mark]) then
    redis.call('SETRANGE', marks, at, mark)
    if before == JOINING then joining = joining - 1 end
    if mark == JOINING then
      joining = joining + 1
    elseif not OPEN[mark] then
      local field = FIELDS[mark] or 'failed'
      counts[field] = (counts[field] or 0) + 1
      fresh = fresh + 1
      -- Kept until it is published (publish-changes.ts).
      local event = outcomes[i + 2]
      if event ~= '' then redis.call('HSET', state, 'event:' .. cjson.decode(event).id, event) end
    end
  end
end
if joining ~= 0 then redis.call('HINCRBY', state, 'joining', joining) end
if fresh == 0 then return 0 end
for field, count in pairs(counts) do redis.call('HINCRBY', state, field, count) end
local done = redis.call('HINCRBY', state, 'done', fresh)
redis.call('HINCRBY', state, 'version', 1)

local clock = redis.call('TIME')
local ms = clock[1] * 1000 + math.floor(clock[2] / 1000)
local since = ms - (tonumber(known[6]) or 0)
if since >= RATE_MS then
  if known[6] then
    redis.call('HSET', state, 'rate', string.format('%.2f', (done - tonumber(known[7])) * 1000 / since))
  end
  redis.call('HSET', state, 'rate_ms', ms, 'rate_done', done)
end

local ended = done >= tonumber(known[2]) and known[4] ~= 'cancelled' and known[4] ~= 'completed'
if ended then
  redis.call('HSET', state, 'status', 'completed', 'completed_at', now)
  redis.call('PEXPIRE', marks, keepMs)
  for _, key in ipairs(expiring) do redis.call('PEXPIRE', key, keepMs) end
end
if ended or ms - (tonumber(known[5]) or 0) >= NOTIFY_MS then
  redis.call('HSET', state, 'told_ms', ms)
  redis.call('PUBLISH', channel, id)
end
return ended and 1 or 0
