-- Tells that a user has let an app in, once for each consent.
-- @key clients   hash: client id → its entry
-- @key users     set: users of whose consent to this app was told
-- @key outbox    stream
-- @arg clientId
-- @arg userId
-- @arg event
if redis.call('HEXISTS', clients, clientId) == 0 then return 0 end
-- Beyond so many one of them is forgotten, and told of again when it comes.
local MAX_USERS = 100000
if redis.call('SCARD', users) >= MAX_USERS and redis.call('SISMEMBER', users, userId) == 0 then redis.call('SPOP', users) end
if redis.call('SADD', users, userId) == 1 then redis.call('XADD', outbox, '*', 'e', event) end
return 1
