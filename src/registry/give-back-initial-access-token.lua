-- One app less was registered with it; one that has expired meanwhile is not made anew.
-- @key token  hash
if redis.call('EXISTS', token) == 1 then redis.call('HINCRBY', token, 'uses', -1) end
return 1
