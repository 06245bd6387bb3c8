-- One app less was registered with it; one that has expired meanwhile is not made anew.
-- KEYS  1 token
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'uses', -1) end
return 1
