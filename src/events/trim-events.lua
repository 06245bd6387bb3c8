-- Removes the oldest events of an audit log, and says where it begins from now on.
-- KEYS  1 the log  2 its head
-- ARGV  1 id in the stream of the first event that stays  2 number, 3 link, 4 seal of the last one that goes
-- Returns  how many went
local before = tonumber(redis.call('HGET', KEYS[2], 'anchor_seq') or '0')
if before >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[2], 'anchor_seq', ARGV[2], 'anchor_hash', ARGV[3], 'anchor_seal', ARGV[4])
return redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[1])
