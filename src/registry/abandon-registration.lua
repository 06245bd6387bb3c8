-- Nobody will be told of it. The use that it made of its initial access token is given back, once; one that has expired is not made anew.
-- KEYS  1 registration  2 unfinished registrations  3 its initial access token
-- ARGV  1 id  2 how long it is remembered, ms
-- Returns the client id of its app, when it was entered before; else nil.
local before = redis.call('GET', KEYS[1])
if before == 'abandoned' then return false end
redis.call('SET', KEYS[1], 'abandoned', 'PX', ARGV[2])
local wasReserved = redis.call('ZSCORE', KEYS[2], ARGV[1])
if wasReserved and redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HINCRBY', KEYS[3], 'uses', -1) end
return before
