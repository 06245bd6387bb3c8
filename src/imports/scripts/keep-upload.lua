-- Word of an upload: it and what it wrote stay for another while.
-- KEYS[1]  hash: rows   KEYS[2] string: marks   KEYS[3] string: the upload's lease
-- ARGV[1]  whose upload it is   ARGV[2] how long, ms
-- Returns  1; 0 when the lease was lost meanwhile: what is there may be another's.
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[3], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
redis.call('PEXPIRE', KEYS[2], ARGV[2] * 2)
return 1
