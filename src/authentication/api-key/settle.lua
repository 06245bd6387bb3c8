-- Stores what the authority said of an API key, gives the lock back and wakes those who wait.
-- @key verdict    hash: what the authority said last
-- @key lock       string: who asks it
-- @arg holder     who asked
-- @arg kind       'accepted' | 'refused' | 'failed' | 'nothing'
-- @arg endsAt     until when that is good, ms since 1970
-- @arg channel    where waiters listen
-- @arg message    what they hear
-- @arg keepMs     how long it is kept
-- @arg claims     of one that was accepted, as are the next two; else ''
-- @arg checkedAt  ms since 1970
-- @arg recheck    mark of the key's that it was checked under
if kind == 'accepted' then
  redis.call('HSET', verdict, 'claims', claims, 'checked_at', checkedAt, 'until', endsAt, 'recheck', recheck)
  redis.call('HDEL', verdict, 'refused_until', 'failed_until')
  redis.call('PEXPIRE', verdict, keepMs)
elseif kind == 'refused' then
  redis.call('DEL', verdict)
  redis.call('HSET', verdict, 'refused_until', endsAt)
  redis.call('PEXPIRE', verdict, keepMs)
elseif kind == 'failed' then
  redis.call('HSET', verdict, 'failed_until', endsAt)
  if redis.call('PTTL', verdict) < tonumber(keepMs) then redis.call('PEXPIRE', verdict, keepMs) end
end
if redis.call('GET', lock) == holder then redis.call('DEL', lock) end
redis.call('PUBLISH', channel, message)
