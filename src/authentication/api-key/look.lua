-- What is known of an API key, and who asks the authority about it.
-- @key verdict    hash: what the authority said last
-- @key lock       string: who asks it
-- @arg now        ms since 1970
-- @arg holder     who asks
-- @arg lockMs     how long it may hold the lock
-- @arg laterThan  ms since 1970; an accepted verdict counts only if it is later
-- @arg recheck    and only if it was reached under this mark of the key's
-- @return {'accepted', claims, checked at, good until} | {'refused', until} | {'failed', until, claims, checked at, good until}
--       | {'ask', failing, claims, checked at, good until}          the lock is yours
--       | {'wait', failing, claims, checked at, good until, for ms} somebody else is asking
-- `claims`, `checked at` and `good until`: of the last time that it was accepted, '' if it never was.
local at = tonumber(now)
local v = redis.call('HMGET', verdict, 'claims', 'checked_at', 'until', 'refused_until', 'failed_until', 'recheck')
local claims, checked, good = v[1] or '', v[2] or '', v[3] or ''
if v[4] and tonumber(v[4]) > at then return { 'refused', v[4] } end
if good ~= '' and tonumber(good) > at and tonumber(checked) > tonumber(laterThan) and (v[6] or '') == recheck then
  return { 'accepted', claims, checked, good }
end
if v[5] and tonumber(v[5]) > at then return { 'failed', v[5], claims, checked, good } end
local failing = v[5] and '1' or ''
if redis.call('SET', lock, holder, 'NX', 'PX', lockMs) then return { 'ask', failing, claims, checked, good } end
return { 'wait', failing, claims, checked, good, tostring(redis.call('PTTL', lock)) }
