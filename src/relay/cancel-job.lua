-- Forgets a read whose only caller has hung up, when no call was sent yet. `discharge` is discharge-job.lua,
-- `fairQueue` fair-queue.lua.
-- KEYS[1]  hash: the job's record; its key is the relay's prefix, `job:` and the id
-- KEYS[2]  of a look-up: hash: the job that does it and has sent no call yet
-- ARGV[1]  the job's id
-- Returns  1; 0 when it goes on
if redis.call('HGET', KEYS[1], 'status') ~= 'queued' then return 0 end
if KEYS[2] then
  local flight = redis.call('HMGET', KEYS[2], 'id', 'shared')
  if flight[1] == ARGV[1] then
    if flight[2] then return 0 end
    redis.call('DEL', KEYS[2])
  end
end
discharge({KEYS[1]}, {ARGV[1]})
fairQueue({}, {string.sub(KEYS[1], 1, -#ARGV[1] - 5)}).remove(ARGV[1])
redis.call('DEL', KEYS[1])
return 1
