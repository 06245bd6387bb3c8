-- Stores an initial access token, unless its issuer has reached its limit.
-- @key tokens     sorted set: the issuer's tokens → when each expires, ms
-- @key token      hash
-- @key outbox     stream
-- @key clients    hash: client id → its entry
-- @key deadlines  sorted set: client id of an API key → when it ends, ms
-- @arg id
-- @arg expires    ms since 1970
-- @arg limit      maximum number of tokens of its issuer
-- @arg event
-- @arg by         client id of the requesting API key ('' none)
-- @arg byWas      its expected entry
-- @arg ...fields  fields of the token, with their values
-- @return 1; 0 when the requesting key has changed since it was read; 2 when the limit is reached; 4 when that key was deleted or has expired
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
