-- Turns an upload into an import: from here on its rows are kept.
-- @key state  hash: state of the import
-- @key rows   hash: chunk → its rows, sealed
-- @key marks  string: one byte per row
-- @key lease      string: holder of the upload
-- @arg holder     expected holder
-- @arg keepMs     retention of the rows of an import that has ended already; else ''
-- @arg ...fields  of the state, with their values
-- @return 1; 0 when the lease was lost meanwhile
if redis.call('GET', lease) ~= holder then return 0 end
redis.call('HSET', state, unpack(fields))
for _, key in ipairs({rows, marks}) do
  if keepMs == '' then redis.call('PERSIST', key) else redis.call('PEXPIRE', key, keepMs) end
end
redis.call('DEL', lease)
return 1
