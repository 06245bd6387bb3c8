-- Abandons a registration: its caller gets no answer. Gives back its use of the initial access token, once; an expired token is not
-- recreated.
-- @key registration  string: state of the registration
-- @key unfinished    sorted set: registrations → start time, ms
-- @key token         hash: its initial access token
-- @arg id
-- @arg keepMs        TTL of the state
-- @return the client id of its app if that was stored already; else nil
local before = redis.call('GET', registration)
-- A repeat: the process that abandoned it may have died before it removed the app.
if before and string.sub(before, 1, 9) == 'abandoned' then return string.match(before, ' (.+)') or false end
redis.call('SET', registration, before and 'abandoned ' .. before or 'abandoned', 'PX', keepMs)
local wasReserved = redis.call('ZSCORE', unfinished, id)
if wasReserved and redis.call('EXISTS', token) == 1 then redis.call('HINCRBY', token, 'uses', -1) end
return before
