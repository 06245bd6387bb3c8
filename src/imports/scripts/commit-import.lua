-- Makes an import of what was uploaded: from here on its rows stay.
-- KEYS[1]  hash: state of the import   KEYS[2] hash: rows   KEYS[3] string: marks   KEYS[4] string: the upload's lease
-- ARGV[1]  whose upload it is          ARGV[2] when set, how long the rows of an import that has ended already are kept, ms
-- ARGV[3…] fields and values
-- Returns  1; 0 when the lease was lost meanwhile.
if redis.call('GET', KEYS[4]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
for i = 2, 3 do
  if ARGV[2] == '' then redis.call('PERSIST', KEYS[i]) else redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
end
redis.call('DEL', KEYS[4])
return 1
