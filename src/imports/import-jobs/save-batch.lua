-- Writes down how far a batch is, unless it is done or somebody else has taken the import over.
-- KEYS[1]  hash: state of the import   KEYS[2] hash: number of a batch → which rows
-- ARGV[1]  who says so   ARGV[2] the batch's number   ARGV[3] the batch
-- Returns  1 | 0
if redis.call('HGET', KEYS[1], 'driver') ~= ARGV[1] or redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
