-- Decides on the next batch of an import, if nobody else has meanwhile, or has taken it over, and it goes on.
-- KEYS[1]  hash: state of the import   KEYS[2] hash: number of a batch → which rows
-- ARGV[1]  who decides   ARGV[2] so many rows were in batches before   ARGV[3] so many are now
-- ARGV[4]  the batch; empty: none of these rows goes by import jobs   ARGV[5] its number
-- Returns  1 | 0
local planned, driver, status = unpack(redis.call('HMGET', KEYS[1], 'planned', 'driver', 'status'))
if driver ~= ARGV[1] or (planned or '0') ~= ARGV[2] then return 0 end
-- Batches of one that has ended would have no expiry.
if status ~= 'queued' and status ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'planned', ARGV[3])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[2], ARGV[5], ARGV[4]) end
return 1
