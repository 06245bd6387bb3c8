-- Marks a user whose access tokens have outdated claims. Of two changes, the later one at the authority wins.
-- @key mark        hash
-- @key changes     stream
-- @arg channel     pub/sub channel for notifications of changes
-- @arg maxChanges  maximum length of the stream of changes
-- @arg userId
-- @arg keepMs      TTL of the mark
-- @arg changedAt   time of the change at the authority, ms ('' unknown: not compared)
-- @arg gone        field to remove ('' none)
-- @arg ...fields   fields with their values
-- @return 1; 0 when a later change was recorded already
local version = redis.call('HGET', mark, 'version') or '0'
if changedAt ~= '' then
  if tonumber(changedAt) < tonumber(version) then return 0 end
  version = changedAt
end
redis.call('HSET', mark, 'version', version, unpack(fields))
if gone ~= '' then redis.call('HDEL', mark, gone) end
redis.call('PEXPIRE', mark, keepMs)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'user', userId)
redis.call('PUBLISH', channel, 'user')
return 1
