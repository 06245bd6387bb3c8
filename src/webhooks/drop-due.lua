-- Forgets events that are gone from the audit log before a webhook was told of them.
-- @key due      sorted set: event → when it is tried, ms
-- @key tries    hash: event → how often it was
-- @key outbox   stream
-- @arg event    tells of it
-- @arg ...lost  those events
-- @return how many there were
local gone = redis.call('ZREM', due, unpack(lost))
redis.call('HDEL', tries, unpack(lost))
if gone > 0 then redis.call('XADD', outbox, '*', 'e', event) end
return gone
