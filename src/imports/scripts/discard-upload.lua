-- Clears away what a broken upload wrote.
-- @key state  hash: state of the import
-- @key rows   hash: chunk → its rows, sealed
-- @key marks  string: a byte for each row
-- @key lease   string: whose upload it is
-- @arg holder  whose it should be
-- @return 1; 0 when what is there is another upload's with the same id, or an import by now
local held = redis.call('GET', lease)
if held and held ~= holder then return 0 end
if redis.call('EXISTS', state) == 1 then return 0 end
redis.call('UNLINK', rows, marks, lease)
return 1
