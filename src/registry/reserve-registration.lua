-- A place for one more app, counted before it is made, so that many at once do not pass the cap; and one use of the token it comes with.
-- KEYS  1 apps  2 unfinished registrations  3 those of both that somebody vouched for  4 those of them that this one's tenant vouched for
--       5 registration  6 its initial access token
-- ARGV  1 now, ms  2 id  3 how many apps there may be  4 how many of those may be ones that nobody vouched for, '' for one that has somebody
--       5 how many of those may be ones that one tenant vouched for, '' when no tenant does for this one  6 '1': it comes with a token
-- Returns 1; 0 when there are as many already as there may be, or it was given up before it came here; 2 when its token is no use any more.
if redis.call('GET', KEYS[5]) == 'abandoned' then return 0 end
if ARGV[6] == '1' then
  local max, uses, ends = unpack(redis.call('HMGET', KEYS[6], 'max_uses', 'uses', 'expires'))
  if not max or tonumber(ends) <= tonumber(ARGV[1]) or tonumber(uses) >= tonumber(max) then return 2 end
end
local all = redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[2])
if all >= tonumber(ARGV[3]) then return 0 end
if ARGV[4] ~= '' and all - redis.call('SCARD', KEYS[3]) >= tonumber(ARGV[4]) then return 0 end
if ARGV[5] ~= '' then
  if redis.call('SCARD', KEYS[4]) >= tonumber(ARGV[5]) then return 0 end
  redis.call('SADD', KEYS[4], ARGV[2])
end
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
if ARGV[4] == '' then redis.call('SADD', KEYS[3], ARGV[2]) end
if ARGV[6] == '1' then redis.call('HINCRBY', KEYS[6], 'uses', 1) end
return 1
