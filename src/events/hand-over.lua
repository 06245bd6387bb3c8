-- Puts an event on the outbox that stands elsewhere, where it was written together with what it tells of; once, however often it
-- is found there.
-- @key outbox       stream
-- @key handedOver   sorted set: id of an event that was handed over → when it was removed there, ms; inf while it was not
-- @arg id           of the event
-- @arg event        as text
-- @arg rememberedFrom  ms since 1970; what was removed before then cannot come again
local MAX_REMEMBERED = 1000000
redis.call('ZREMRANGEBYSCORE', handedOver, '-inf', rememberedFrom)
redis.call('ZREMRANGEBYRANK', handedOver, 0, -MAX_REMEMBERED - 1)
if redis.call('ZADD', handedOver, 'NX', 'inf', id) == 1 then redis.call('XADD', outbox, '*', 'e', event) end
