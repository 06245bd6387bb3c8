-- Counts one more app that is registered with a token.
-- @key token  hash
-- @arg now    ms since 1970
-- @return 1; 0 when it is good for none
local max, uses, ends = unpack(redis.call('HMGET', token, 'max_uses', 'uses', 'expires'))
if not max or tonumber(ends) <= tonumber(now) or tonumber(uses) >= tonumber(max) then return 0 end
redis.call('HINCRBY', token, 'uses', 1)
return 1
