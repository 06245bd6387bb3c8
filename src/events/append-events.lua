-- Adds events to a tenant's audit log, if it still ends where the caller thinks that it does.
-- KEYS  1 the log  2 its head
-- ARGV  1 number of the last event, as read  2 how many fields of the head follow, with their values  … then for each event: id in the
--       stream, text, link
-- Returns  1; 0 when somebody else added meanwhile
if (redis.call('HGET', KEYS[2], 'seq') or '0') ~= ARGV[1] then return 0 end
local fields = tonumber(ARGV[2])
redis.call('HSET', KEYS[2], unpack(ARGV, 3, 2 + fields * 2))
for i = 3 + fields * 2, #ARGV, 3 do redis.call('XADD', KEYS[1], ARGV[i], 'e', ARGV[i + 1], 'h', ARGV[i + 2]) end
return 1
