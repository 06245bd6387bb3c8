-- Stores how a job ended, once: whoever comes later with another end (its worker stood still, and a second one took over) is not heard.
-- `discharge` is discharge-job.lua.
-- @key record     hash: the job's record
-- @key flight?    of a look-up: hash: the job that does it and has sent no call yet
-- @arg id         of the job
-- @arg prefix     of all keys of the relay
-- @arg channel    where waiters listen
-- @arg message    what they hear: the job's id, and its end where that is small
-- @arg keepMs     how long the record is kept
-- @arg dropsInput '1' when its input goes
-- @arg ...fields  with their values
-- @return 1; 0 when it had ended already, or is gone
local known = redis.call('HMGET', record, 'operation', 'finished')
if not known[1] or known[2] then return 0 end
redis.call('HSET', record, unpack(fields))
if dropsInput == '1' then redis.call('HDEL', record, 'input') end
redis.call('PEXPIRE', record, keepMs)
-- One that failed before its call.
if flight and redis.call('HGET', flight, 'id') == id then redis.call('DEL', flight) end
discharge(record, id, prefix)
redis.call('PUBLISH', channel, message)
return 1
