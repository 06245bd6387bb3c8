-- Notes that a worker is alive, and drops those of which nothing was heard for a while.
-- @key workers   sorted set: worker → when it was heard of, ms
-- @arg worker    '': none, only drop
-- @arg keepMs
-- @arg most
-- @return how many are alive
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', workers, '-inf', now - keepMs)
if worker ~= '' then
  redis.call('ZADD', workers, now, worker)
  redis.call('ZREMRANGEBYRANK', workers, 0, -tonumber(most) - 1)
  redis.call('PEXPIRE', workers, keepMs)
end
return redis.call('ZCARD', workers)
