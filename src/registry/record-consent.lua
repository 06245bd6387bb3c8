-- Records the event of a user's consent to an app, once per consent, and that the app acts for the user.
-- @key clients   hash: client id → its entry
-- @key users     set: users whose consent to this app has been recorded
-- @key outbox    stream
-- @key ofTenant  sorted set: users of the tenant for whom the app acted → when last, ms
-- @arg clientId
-- @arg userId
-- @arg event
-- @arg now       ms since 1970
-- @arg keepMs    how long a user counts in `ofTenant`
-- @arg most      as many users are in `ofTenant`
if redis.call('HEXISTS', clients, clientId) == 0 then return 0 end
-- Bound of the set: a random member is dropped, and its consent is recorded again at its next use.
local MAX_USERS = 100000
if redis.call('SCARD', users) >= MAX_USERS and redis.call('SISMEMBER', users, userId) == 0 then redis.call('SPOP', users) end
if redis.call('SADD', users, userId) == 1 then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('ZADD', ofTenant, now, userId)
redis.call('ZREMRANGEBYSCORE', ofTenant, '-inf', now - keepMs)
redis.call('ZREMRANGEBYRANK', ofTenant, 0, -tonumber(most) - 1)
redis.call('PEXPIRE', ofTenant, keepMs)
return 1
