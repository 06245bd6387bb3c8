-- Forgets events that are gone from the audit log before a webhook was told of them.
-- KEYS  1 what is due  2 tries  3 outbox   ARGV  1 the event that tells of it  then the events
-- Returns how many there were
local gone = redis.call('ZREM', KEYS[1], unpack(ARGV, 2))
redis.call('HDEL', KEYS[2], unpack(ARGV, 2))
if gone > 0 then redis.call('XADD', KEYS[3], '*', 'e', ARGV[1]) end
return gone
