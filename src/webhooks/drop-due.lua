-- Removes events that left the audit log before they were delivered.
-- @key due      sorted set: event → when its next attempt is scheduled, ms
-- @key tries    hash: event → number of attempts
-- @key outbox   stream
-- @arg event    the event to record
-- @arg ...lost  events to remove
-- @return number removed
local gone = redis.call('ZREM', due, unpack(lost))
redis.call('HDEL', tries, unpack(lost))
if gone > 0 then redis.call('XADD', outbox, '*', 'e', event) end
return gone
