-- Records which keys a process encrypts or hashes with.
-- @key inUse   sorted set: key → when it was last reported, ms
-- @arg keepMs  how long a report is valid
-- @arg ...own  keys of this process
-- @return all keys that some process reported lately
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', inUse, '-inf', now - keepMs)
for _, key in ipairs(own) do redis.call('ZADD', inUse, now, key) end
redis.call('PEXPIRE', inUse, keepMs)
return redis.call('ZRANGE', inUse, 0, -1)
