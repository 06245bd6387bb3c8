-- Appends events to a tenant's audit log, if its head is still as the caller read it.
-- @key log         stream
-- @key head        hash: head of the log
-- @arg lastSeq     number of the last event, as read
-- @arg fieldCount  number of head fields that follow
-- @arg ...rest     those fields and their values, then for each event: stream id, text, link
-- @return 1; 0 when the log was appended to concurrently
if (redis.call('HGET', head, 'seq') or '0') ~= lastSeq then return 0 end
local fields = tonumber(fieldCount) * 2
redis.call('HSET', head, unpack(rest, 1, fields))
for i = fields + 1, #rest, 3 do redis.call('XADD', log, rest[i], 'e', rest[i + 1], 'h', rest[i + 2]) end
return 1
