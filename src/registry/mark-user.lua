-- Marks a user whose access tokens say what is no longer so. Of two changes, the one that the authority made later counts.
-- @key mark        hash
-- @key changes     stream
-- @arg channel     where changes are announced
-- @arg maxChanges  how many changes are kept
-- @arg userId
-- @arg keepMs      how long the mark is kept
-- @arg changedAt   when the authority made the change, ms ('' not known: nothing is compared)
-- @arg gone        field that goes ('' none)
-- @arg ...fields   with their values
-- @return 1; 0 when a later change is known
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
