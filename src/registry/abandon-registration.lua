-- Nobody will be told of it. The use that it made of its initial access token is given back, once; one that has expired is not made anew.
-- @key registration  string: what became of it
-- @key unfinished    sorted set: registrations → when they began, ms
-- @key token         hash: its initial access token
-- @arg id
-- @arg keepMs        how long it is remembered
-- @return the client id of its app, when it was entered before; else nil
local before = redis.call('GET', registration)
-- Again: whoever gave it up may have died before its app was removed.
if before and string.sub(before, 1, 9) == 'abandoned' then return string.match(before, ' (.+)') or false end
redis.call('SET', registration, before and 'abandoned ' .. before or 'abandoned', 'PX', keepMs)
local wasReserved = redis.call('ZSCORE', unfinished, id)
if wasReserved and redis.call('EXISTS', token) == 1 then redis.call('HINCRBY', token, 'uses', -1) end
return before
