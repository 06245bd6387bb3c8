-- Removes the oldest events of an audit log, and says where it begins from now on.
-- @key log     stream
-- @key head    hash: how the log begins and ends
-- @arg firstId id in the stream of the first event that stays
-- @arg seq     number of the last one that goes
-- @arg link    its link
-- @arg seal    and the seal of that
-- @return how many went
local before = tonumber(redis.call('HGET', head, 'anchor_seq') or '0')
if before >= tonumber(seq) then return 0 end
redis.call('HSET', head, 'anchor_seq', seq, 'anchor_hash', link, 'anchor_seal', seal)
return redis.call('XTRIM', log, 'MINID', '=', firstId)
