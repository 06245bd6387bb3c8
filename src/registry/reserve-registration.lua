-- A place for one more app, counted before it is made, so that many at once do not pass the cap.
-- KEYS  1 apps  2 unfinished registrations   ARGV  1 now, ms  2 id  3 how many apps there may be
if redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
return 1
