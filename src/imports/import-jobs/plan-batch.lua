-- Plans the next batch of an import, unless another worker has planned or taken over meanwhile, or the import is not running.
-- @key state     hash: state of the import
-- @key batches   hash: number of a batch → its rows
-- @arg by        id of the driver
-- @arg before    number of rows planned before
-- @arg upTo      number of rows planned now
-- @arg batch     '' when none of these rows is sent by import jobs
-- @arg number    of the batch
-- @return 1 | 0
local planned, driver, status = unpack(redis.call('HMGET', state, 'planned', 'driver', 'status'))
if driver ~= by or (planned or '0') ~= before then return 0 end
-- Batches of an ended import would have no expiry.
if status ~= 'queued' and status ~= 'running' then return 0 end
redis.call('HSET', state, 'planned', upTo)
if batch ~= '' then redis.call('HSET', batches, number, batch) end
return 1
