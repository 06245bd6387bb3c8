-- Writes down how far a batch is, unless it is done.
-- KEYS[1]  hash: number of a batch → which rows
-- ARGV[1]  its number   ARGV[2] the batch
-- Returns  1 | 0
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
