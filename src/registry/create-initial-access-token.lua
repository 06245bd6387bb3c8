-- Enters an initial access token, unless its issuer has as many as it may have.
-- @key tokens     sorted set: the issuer's tokens → when each expires, ms
-- @key token      hash
-- @key outbox     stream
-- @key clients    hash: client id → its entry
-- @key deadlines  sorted set: client id of an API key → when it ends, ms
-- @arg id
-- @arg expires    ms since 1970
-- @arg limit      how many its issuer may have
-- @arg event
-- @arg by         client id of the API key that asks for it ('' none does)
-- @arg byWas      what that was
-- @arg ...fields  of the token, with their values
-- @return 1; 0 when that key is not any more as it was read; 2 when there are too many; 4 when that key is gone or its time is over
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if by ~= '' then
  local is = redis.call('HGET', clients, by)
  local ends = redis.call('ZSCORE', deadlines, by)
  if not is or (ends and tonumber(ends) <= now) then return 4 end
  if is ~= byWas then return 0 end
end
redis.call('ZREMRANGEBYSCORE', tokens, '-inf', now)
if redis.call('ZCARD', tokens) >= tonumber(limit) then return 2 end
redis.call('HSET', token, unpack(fields))
redis.call('PEXPIREAT', token, expires)
redis.call('ZADD', tokens, expires, id)
redis.call('PEXPIREAT', tokens, redis.call('ZRANGE', tokens, -1, -1, 'WITHSCORES')[2])
redis.call('XADD', outbox, '*', 'e', event)
return 1
