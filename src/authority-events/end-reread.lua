-- Ends the reading of a user, unless another one was asked for meanwhile; or moves it to a later turn.
-- @key rereads  zset: `<tenant> <user>` → turn
-- @arg member
-- @arg turn     at which it was begun
-- @arg later    added to the turn, ms; '' for a reading that has succeeded
if redis.call('ZSCORE', rereads, member) ~= turn then return 0 end
if later == '' then return redis.call('ZREM', rereads, member) end
redis.call('ZINCRBY', rereads, later, member)
return 1
