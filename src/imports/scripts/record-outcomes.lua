-- Gives rows their outcomes, each once, and counts them; ends the import with the last one.
-- KEYS[1]  hash: state of the import
-- KEYS[2]  string: a byte for each row
-- KEYS[3…] what goes some time after the end, with KEYS[2]
-- ARGV[1]  now, ISO 8601   ARGV[2] keep, ms   ARGV[3] channel to tell on
-- ARGV[4…] row number, mark, event that tells of it ('' none), row number, …
-- Returns  1 when this ended the import, else 0.
local OPEN = { ['.'] = true, o = true }
local FIELDS = { c = 'created', s = 'skipped', u = 'unknown' }
-- Watchers are told so often at most.
local TELL_MS = 200
-- Rate is measured over so long.
local RATE_MS = 2000

local state = redis.call('HMGET', KEYS[1], 'tenant', 'total', 'done', 'status', 'told_ms', 'rate_ms', 'rate_done')
if not state[1] then return 0 end
local counts, fresh = {}, 0
for i = 4, #ARGV, 3 do
  local at, mark = tonumber(ARGV[i]) - 1, ARGV[i + 1]
  if OPEN[redis.call('GETRANGE', KEYS[2], at, at)] then
    redis.call('SETRANGE', KEYS[2], at, mark)
    if not OPEN[mark] then
      local field = FIELDS[mark] or 'failed'
      counts[field] = (counts[field] or 0) + 1
      fresh = fresh + 1
      -- Until it is on its way (tell-changes.ts).
      if ARGV[i + 2] ~= '' then redis.call('HSET', KEYS[1], 'event:' .. cjson.decode(ARGV[i + 2]).id, ARGV[i + 2]) end
    end
  end
end
if fresh == 0 then return 0 end
for field, count in pairs(counts) do redis.call('HINCRBY', KEYS[1], field, count) end
local done = redis.call('HINCRBY', KEYS[1], 'done', fresh)
redis.call('HINCRBY', KEYS[1], 'version', 1)

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local since = now - (tonumber(state[6]) or 0)
if since >= RATE_MS then
  if state[6] then
    redis.call('HSET', KEYS[1], 'rate', string.format('%.2f', (done - tonumber(state[7])) * 1000 / since))
  end
  redis.call('HSET', KEYS[1], 'rate_ms', now, 'rate_done', done)
end

local ended = done >= tonumber(state[2]) and state[4] ~= 'cancelled' and state[4] ~= 'completed'
if ended then
  redis.call('HSET', KEYS[1], 'status', 'completed', 'completed_at', ARGV[1])
  for i = 2, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
end
if ended or now - (tonumber(state[5]) or 0) >= TELL_MS then
  redis.call('HSET', KEYS[1], 'told_ms', now)
  redis.call('PUBLISH', ARGV[3], string.match(KEYS[1], 'import:([^}]+)}'))
end
return ended and 1 or 0
