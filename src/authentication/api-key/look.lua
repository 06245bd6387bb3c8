-- What is known of an API key, and who asks the authority about it.
-- KEYS  1 verdict  2 lock
-- ARGV  1 now, ms  2 who asks  3 how long it may hold the lock, ms  4 an accepted verdict counts only if it is later than this, ms
-- Returns  {'accepted', claims, checked at, good until} | {'refused', until} | {'failed', until, claims, checked at}
--          | {'ask', failing, claims, checked at}          the lock is yours
--          | {'wait', failing, claims, checked at, for ms} somebody else is asking
-- `claims` and `checked at`: of the last time that it was accepted, '' if it never was.
local now = tonumber(ARGV[1])
local v = redis.call('HMGET', KEYS[1], 'claims', 'checked_at', 'until', 'refused_until', 'failed_until')
local claims, checked = v[1] or '', v[2] or ''
if v[4] and tonumber(v[4]) > now then return { 'refused', v[4] } end
if v[3] and tonumber(v[3]) > now and tonumber(checked) > tonumber(ARGV[4]) then
  return { 'accepted', claims, checked, v[3] }
end
if v[5] and tonumber(v[5]) > now then return { 'failed', v[5], claims, checked } end
local failing = v[5] and '1' or ''
if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return { 'ask', failing, claims, checked } end
return { 'wait', failing, claims, checked, tostring(redis.call('PTTL', KEYS[2])) }
