-- Cancels a read whose only caller has disconnected, if no call was sent yet. `discharge` is discharge-job.lua,
-- `fairQueue` fair-queue.lua.
-- @key record   hash: the job's record
-- @key flight?  for a read: hash: the job that does it and has sent no call yet
-- @arg id       of the job
-- @arg prefix   of all relay keys
-- @return 1; 0 when it continues
if redis.call('HGET', record, 'status') ~= 'queued' then return 0 end
if flight then
  local shared = redis.call('HMGET', flight, 'id', 'shared')
  if shared[1] == id then
    if shared[2] then return 0 end
    redis.call('DEL', flight)
  end
end
discharge(record, id, prefix)
fairQueue(prefix).remove(id)
redis.call('DEL', record)
return 1
