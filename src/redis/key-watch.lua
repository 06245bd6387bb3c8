-- Says which keys a process writes with.
-- @key inUse   sorted set: key → when it was last said, ms
-- @arg keepMs  how long what is said counts
-- @arg ...own  keys of this process
-- @return all that some process wrote with lately
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', inUse, '-inf', now - keepMs)
for _, key in ipairs(own) do redis.call('ZADD', inUse, now, key) end
redis.call('PEXPIRE', inUse, keepMs)
return redis.call('ZRANGE', inUse, 0, -1)
