-- Reads the clock of the server that has a key.
-- @key place   decides which node of a cluster answers; its type does not matter
-- @return seconds and microseconds
redis.call('EXISTS', place)
return redis.call('TIME')
