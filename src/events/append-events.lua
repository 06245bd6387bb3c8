-- Adds events to a tenant's audit log, if it still ends where the caller thinks that it does.
-- @key log         stream
-- @key head        hash: how the log ends
-- @arg lastSeq     number of the last event, as read
-- @arg fieldCount  how many fields of the head follow
-- @arg ...rest     those fields and their values, then for each event: id in the stream, text, link
-- @return 1; 0 when somebody else added meanwhile
if (redis.call('HGET', head, 'seq') or '0') ~= lastSeq then return 0 end
local fields = tonumber(fieldCount) * 2
redis.call('HSET', head, unpack(rest, 1, fields))
for i = fields + 1, #rest, 3 do redis.call('XADD', log, rest[i], 'e', rest[i + 1], 'h', rest[i + 2]) end
return 1
