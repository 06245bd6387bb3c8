-- A place for one more app, counted before it is made, so that many at once do not pass the cap.
-- KEYS  1 apps  2 unfinished registrations  3 those of both that somebody vouched for  4 those of them that this one's tenant vouched for
-- ARGV  1 now, ms  2 id  3 how many apps there may be  4 how many of those may be ones that nobody vouched for, '' for one that has somebody
--       5 how many of those may be ones that one tenant vouched for, '' when no tenant does for this one
local all = redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[2])
if all >= tonumber(ARGV[3]) then return 0 end
if ARGV[4] ~= '' and all - redis.call('SCARD', KEYS[3]) >= tonumber(ARGV[4]) then return 0 end
if ARGV[5] ~= '' then
  if redis.call('SCARD', KEYS[4]) >= tonumber(ARGV[5]) then return 0 end
  redis.call('SADD', KEYS[4], ARGV[2])
end
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
if ARGV[4] == '' then redis.call('SADD', KEYS[3], ARGV[2]) end
return 1
