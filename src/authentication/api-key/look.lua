-- What is known of an API key, and who asks the authority about it.
-- KEYS  1 verdict  2 lock
-- ARGV  1 now, ms  2 who asks  3 how long it may hold the lock, ms  4 an accepted verdict counts only if it is later than this, ms
--       5 and only if it was reached under this mark of the key's (`recheck`)
-- Returns  {'accepted', claims, checked at, good until} | {'refused', until} | {'failed', until, claims, checked at, good until}
--          | {'ask', failing, claims, checked at, good until}          the lock is yours
--          | {'wait', failing, claims, checked at, good until, for ms} somebody else is asking
-- `claims`, `checked at` and `good until`: of the last time that it was accepted, '' if it never was.
local now = tonumber(ARGV[1])
local v = redis.call('HMGET', KEYS[1], 'claims', 'checked_at', 'until', 'refused_until', 'failed_until', 'recheck')
local claims, checked, good = v[1] or '', v[2] or '', v[3] or ''
if v[4] and tonumber(v[4]) > now then return { 'refused', v[4] } end
if good ~= '' and tonumber(good) > now and tonumber(checked) > tonumber(ARGV[4]) and (v[6] or '') == ARGV[5] then
  return { 'accepted', claims, checked, good }
end
if v[5] and tonumber(v[5]) > now then return { 'failed', v[5], claims, checked, good } end
local failing = v[5] and '1' or ''
if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return { 'ask', failing, claims, checked, good } end
return { 'wait', failing, claims, checked, good, tostring(redis.call('PTTL', KEYS[2])) }
