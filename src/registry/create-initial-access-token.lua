-- Enters an initial access token, unless its issuer has as many as it may have.
-- KEYS  1 the issuer's tokens  2 token  3 outbox  4 clients  5 deadlines of API keys
-- ARGV  1 id  2 when it expires, ms  3 how many its issuer may have  4 the event
--       5 client id of the API key that asks for it ('' none does)  6 what it was  then the token's fields and values
-- Returns 1; 0 when that key is not any more as it was read; 2 when there are too many; 4 when that key is gone or its time is over.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[5] ~= '' then
  local is = redis.call('HGET', KEYS[4], ARGV[5])
  local ends = redis.call('ZSCORE', KEYS[5], ARGV[5])
  if not is or (ends and tonumber(ends) <= now) then return 4 end
  if is ~= ARGV[6] then return 0 end
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 2 end
redis.call('HSET', KEYS[2], unpack(ARGV, 7))
redis.call('PEXPIREAT', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[1], redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2])
redis.call('XADD', KEYS[3], '*', 'e', ARGV[4])
return 1
