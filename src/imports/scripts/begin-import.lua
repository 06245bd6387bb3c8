-- An import that was waiting runs.
-- KEYS[1]  hash: state of the import
if redis.call('HGET', KEYS[1], 'status') == 'queued' then
  redis.call('HSET', KEYS[1], 'status', 'running')
  redis.call('HINCRBY', KEYS[1], 'version', 1)
end
return 1
