-- Stores a chunk of an upload.
-- KEYS[1]  hash: rows   KEYS[2] string: marks   KEYS[3] string: the upload's lease
-- ARGV[1]  whose upload it is   ARGV[2] number of the chunk   ARGV[3] its rows, sealed   ARGV[4] its first row, from 0
-- ARGV[5]  its marks            ARGV[6] how long it stays without a word of the upload, ms
-- Returns  1; 0 when the lease was lost meanwhile: what is there may be another's.
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('SETRANGE', KEYS[2], ARGV[4], ARGV[5])
if redis.call('TTL', KEYS[1]) == -1 then redis.call('PEXPIRE', KEYS[1], ARGV[6]) end
if redis.call('TTL', KEYS[2]) == -1 then redis.call('PEXPIRE', KEYS[2], ARGV[6]) end
return 1
