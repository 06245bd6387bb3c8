-- Makes a job's record, unless its caller made it before with the same idempotency key, or another job does the same look-up.
-- KEYS[1]  hash: the job's record
-- KEYS[2]  of a look-up: hash: `id` of the job that does the same and has sent no call yet, whose answer is then as new as an own
--          one's; `shared` when more than one caller waits for it
-- ARGV[1]  the job's id
-- ARGV[2]  how long the record is kept, ms
-- ARGV[3]  how long KEYS[2] is kept, ms
-- ARGV[4]  fingerprint of the request; '' for a job without an idempotency key
-- ARGV[5…] fields and values
-- Returns  'made' | 'known' | 'other': known by this id, of another request | id of the job that does the same
if KEYS[2] then
  local same = redis.call('HGET', KEYS[2], 'id')
  if same then
    redis.call('HSET', KEYS[2], 'shared', 1)
    return same
  end
  redis.call('HSET', KEYS[2], 'id', ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
local known = redis.call('HMGET', KEYS[1], 'operation', 'fingerprint', 'again')
if known[1] then
  if known[2] ~= ARGV[4] then return 'other' end
  -- Nothing was done then, and its caller was told to come again.
  if known[3] ~= '1' then return 'known' end
  redis.call('DEL', KEYS[1])
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[4], unpack(ARGV, 5))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'made'
