-- Saves the state of a batch, unless it is done or another driver has taken the import over.
-- @key state    hash: state of the import
-- @key batches  hash: number of a batch → its rows
-- @arg by       id of the driver
-- @arg number   of the batch
-- @arg batch
-- @return 1 | 0
if redis.call('HGET', state, 'driver') ~= by or redis.call('HEXISTS', batches, number) == 0 then return 0 end
redis.call('HSET', batches, number, batch)
return 1
