-- Reads the validation result of an API key, and acquires the lock for asking the authority.
-- @key verdict    hash: the authority's last answer
-- @key lock       string: its holder
-- @arg now        ms since 1970
-- @arg holder     of the lock, if acquired
-- @arg lockMs     lock TTL
-- @arg laterThan  ms since 1970; an accepted verdict counts only if it is later
-- @arg recheck    and only if it was reached under this mark of the key
-- @return {'accepted', claims, checked at, good until} | {'refused', until} | {'failed', until, claims, checked at, good until}
--       | {'ask', failing, claims, checked at, good until}          the lock is acquired
--       | {'wait', failing, claims, checked at, good until, for ms} another process holds the lock
-- `claims`, `checked at` and `good until`: of the last acceptance, '' if there was none.
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
