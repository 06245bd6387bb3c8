-- Stores the authority's answer about an API key, releases the lock and notifies waiters.
-- @key verdict    hash: the authority's last answer
-- @key lock       string: its holder
-- @arg holder     of the lock
-- @arg kind       'accepted' | 'refused' | 'failed' | 'nothing'
-- @arg endsAt     when the answer expires, ms since 1970
-- @arg channel    pub/sub channel of the waiters
-- @arg message    published there
-- @arg keepMs     TTL of the stored answer
-- @arg claims     for 'accepted', as are the next two; else ''
-- @arg checkedAt  ms since 1970
-- @arg recheck    the key's mark at the time of the check
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
