-- Removes an initial access token of this issuer, and records the event.
-- @key tokens  sorted set: the issuer's tokens → when each expires, ms
-- @key token   hash
-- @key outbox  stream
-- @arg id
-- @arg event   JSON text ('' none)
-- @return 1; 0 when this issuer has no such token
if redis.call('ZREM', tokens, id) == 0 then return 0 end
redis.call('DEL', token)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
return 1
