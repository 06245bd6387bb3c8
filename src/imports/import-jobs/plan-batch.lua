-- Decides on the next batch of an import, if nobody else has meanwhile.
-- KEYS[1]  hash: state of the import   KEYS[2] hash: number of a batch → which rows
-- ARGV[1]  so many rows were in batches before   ARGV[2] so many are now
-- ARGV[3]  the batch; empty: none of these rows goes by import jobs   ARGV[4] its number
-- Returns  1 | 0
local planned = redis.call('HGET', KEYS[1], 'planned')
if (planned or '0') ~= ARGV[1] or not redis.call('HGET', KEYS[1], 'tenant') then return 0 end
redis.call('HSET', KEYS[1], 'planned', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[2], ARGV[4], ARGV[3]) end
return 1
