-- Removes the oldest events of an audit log, and stores its new anchor.
-- @key log     stream
-- @key head    hash: anchor and head of the log
-- @arg firstId stream id of the first event that stays
-- @arg seq     number of the last removed event
-- @arg link    its link
-- @arg seal    and the seal of that
-- @return number removed
local before = tonumber(redis.call('HGET', head, 'anchor_seq') or '0')
if before >= tonumber(seq) then return 0 end
redis.call('HSET', head, 'anchor_seq', seq, 'anchor_hash', link, 'anchor_seal', seal)
return redis.call('XTRIM', log, 'MINID', '=', firstId)
