-- Sets a queued import to running.
-- @key state  hash: state of the import
if redis.call('HGET', state, 'status') == 'queued' then
  redis.call('HSET', state, 'status', 'running')
  redis.call('HINCRBY', state, 'version', 1)
end
return 1
