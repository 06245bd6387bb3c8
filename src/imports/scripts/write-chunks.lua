-- Stores chunks of an upload.
-- KEYS[1]  hash: rows   KEYS[2] string: marks   KEYS[3] string: the upload's lease
-- ARGV[1]  whose upload it is   ARGV[2] how long it stays without a word of the upload, ms
-- ARGV[3…] of each chunk: its number, its rows, sealed, its first row, from 0, and its marks
-- Returns  1; 0 when the lease was lost meanwhile: what is there may be another's.
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
for i = 3, #ARGV, 4 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  redis.call('SETRANGE', KEYS[2], ARGV[i + 2], ARGV[i + 3])
end
for i = 1, 2 do
  if redis.call('TTL', KEYS[i]) == -1 then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
end
return 1
