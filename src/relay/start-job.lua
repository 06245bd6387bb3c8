-- Just before a call is sent: says so in the job's record, unless nobody wants it any more.
-- KEYS[1]  hash: the job's record
-- ARGV[1]  '1' before a call that changes something
-- Returns  1; 0 when the job was cancelled
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'status', 'running')
if ARGV[1] == '1' then redis.call('HSET', KEYS[1], 'sent', '1') end
return 1
