-- Records the event of a user's consent to an app, once per consent.
-- @key clients   hash: client id → its entry
-- @key users     set: users whose consent to this app has been recorded
-- @key outbox    stream
-- @arg clientId
-- @arg userId
-- @arg event
if redis.call('HEXISTS', clients, clientId) == 0 then return 0 end
-- Bound of the set: a random member is dropped, and its consent is recorded again at its next use.
local MAX_USERS = 100000
if redis.call('SCARD', users) >= MAX_USERS and redis.call('SISMEMBER', users, userId) == 0 then redis.call('SPOP', users) end
if redis.call('SADD', users, userId) == 1 then redis.call('XADD', outbox, '*', 'e', event) end
return 1
