-- Removes an initial access token of this issuer, and tells of it.
-- KEYS  1 the issuer's tokens  2 token  3 outbox   ARGV  1 id  2 the event ('' none)
-- Returns 1, or 0 when this issuer has no such token.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('DEL', KEYS[2])
if ARGV[2] ~= '' then redis.call('XADD', KEYS[3], '*', 'e', ARGV[2]) end
return 1
