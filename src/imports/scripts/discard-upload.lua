-- Clears away what a broken upload wrote.
-- KEYS[1]  hash: state of the import   KEYS[2] hash: rows   KEYS[3] string: marks   KEYS[4] string: the upload's lease
-- ARGV[1]  whose upload it is
-- Returns  1; 0 when what is there is another upload's with the same id, or an import by now.
local holder = redis.call('GET', KEYS[4])
if holder and holder ~= ARGV[1] then return 0 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4])
return 1
