-- Copies an event to the outbox from the record it was written with; once, however often it is found there.
-- @key outbox       stream
-- @key handedOver   sorted set: id of a copied event → when it was removed from its record, ms; inf until then
-- @arg id           of the event
-- @arg event        as text
-- @arg rememberedFrom  ms since 1970; what was removed before then cannot come again
local MAX_REMEMBERED = 1000000
redis.call('ZREMRANGEBYSCORE', handedOver, '-inf', rememberedFrom)
redis.call('ZREMRANGEBYRANK', handedOver, 0, -MAX_REMEMBERED - 1)
if redis.call('ZADD', handedOver, 'NX', 'inf', id) == 1 then redis.call('XADD', outbox, '*', 'e', event) end
