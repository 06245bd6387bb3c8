-- Deletes what a broken upload wrote.
-- @key state  hash: state of the import
-- @key rows   hash: chunk → its rows, sealed
-- @key marks  string: one byte per row
-- @key lease   string: holder of the upload
-- @arg holder  expected holder
-- @return 1; 0 when the keys belong to another upload with the same id, or to an import
local held = redis.call('GET', lease)
if held and held ~= holder then return 0 end
if redis.call('EXISTS', state) == 1 then return 0 end
redis.call('UNLINK', rows, marks, lease)
return 1
