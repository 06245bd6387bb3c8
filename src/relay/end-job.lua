-- Stores how a job ended, once: a later, different end is ignored (its worker stalled, and another one took the job over).
-- `discharge` is discharge-job.lua.
-- @key record     hash: the job's record
-- @key flight?    for a read: hash: the job that does it and has sent no call yet
-- @arg id         of the job
-- @arg prefix     of all relay keys
-- @arg channel    pub/sub channel of waiters
-- @arg message    the job's id, and its end if that is small
-- @arg keepMs     lifetime of the record
-- @arg dropsInput '1' to delete its input
-- @arg ...fields  with their values
-- @return 1; 0 when it had ended already, or is gone
local known = redis.call('HMGET', record, 'operation', 'finished')
if not known[1] or known[2] then return 0 end
redis.call('HSET', record, unpack(fields))
if dropsInput == '1' then redis.call('HDEL', record, 'input') end
redis.call('PEXPIRE', record, keepMs)
-- It failed before its call.
if flight and redis.call('HGET', flight, 'id') == id then redis.call('DEL', flight) end
discharge(record, id, prefix)
redis.call('PUBLISH', channel, message)
return 1
