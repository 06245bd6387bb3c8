-- Puts an event on the outbox that stands elsewhere, where it was written together with what it tells of; once, however often it
-- is found there.
-- KEYS  1 outbox  2 sorted set: id of an event that was handed over → when it was forgotten there, ms; inf while it was not
-- ARGV  1 id  2 the event  3 what is forgotten longer than this ago cannot come again, ms since 1970
local MAX_REMEMBERED = 1000000
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -MAX_REMEMBERED - 1)
if redis.call('ZADD', KEYS[2], 'NX', 'inf', ARGV[1]) == 1 then redis.call('XADD', KEYS[1], '*', 'e', ARGV[2]) end
