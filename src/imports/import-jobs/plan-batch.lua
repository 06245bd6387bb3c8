-- Decides on the next batch of an import, if nobody else has meanwhile, or has taken it over, and it goes on.
-- @key state     hash: state of the import
-- @key batches   hash: number of a batch → which rows
-- @arg by        who decides
-- @arg before    so many rows were in batches before
-- @arg upTo      so many are now
-- @arg batch     '' when none of these rows goes by import jobs
-- @arg number    of the batch
-- @return 1 | 0
local planned, driver, status = unpack(redis.call('HMGET', state, 'planned', 'driver', 'status'))
if driver ~= by or (planned or '0') ~= before then return 0 end
-- Batches of one that has ended would have no expiry.
if status ~= 'queued' and status ~= 'running' then return 0 end
redis.call('HSET', state, 'planned', upTo)
if batch ~= '' then redis.call('HSET', batches, number, batch) end
return 1
