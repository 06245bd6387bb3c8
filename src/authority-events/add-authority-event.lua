-- Stores an event of the authority that is to be processed, once for each id.
-- @key inbox   stream
-- @key seen    zset: ids of events
-- @arg id
-- @arg event   as text
-- @arg now     ms
-- @arg limit   number of events in the inbox from which on none is added
-- @arg keepMs  how long an id is remembered
-- @arg most    ids that are remembered
-- @return 'added', 'known' or 'full'
if redis.call('ZSCORE', seen, id) then return 'known' end
if redis.call('XLEN', inbox) >= tonumber(limit) then return 'full' end
redis.call('XADD', inbox, '*', 'e', event)
redis.call('ZADD', seen, now, id)
redis.call('ZREMRANGEBYSCORE', seen, '-inf', tonumber(now) - tonumber(keepMs))
redis.call('ZREMRANGEBYRANK', seen, 0, -(tonumber(most) + 1))
return 'added'
