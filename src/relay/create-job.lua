-- Makes a job's record, unless its caller made it before with the same idempotency key.
-- KEYS[1]  hash: the job's record
-- ARGV[1]  fingerprint of the request; '' for a job without an idempotency key
-- ARGV[2]  how long the record is kept, ms
-- ARGV[3…] fields and values
-- Returns  'made' | 'known' | 'other': known by this id, of another request
local known = redis.call('HMGET', KEYS[1], 'operation', 'fingerprint', 'again')
if known[1] then
  if known[2] ~= ARGV[1] then return 'other' end
  -- Nothing was done then, and its caller was told to come again.
  if known[3] ~= '1' then return 'known' end
  redis.call('DEL', KEYS[1])
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'made'
