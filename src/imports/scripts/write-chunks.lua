-- Stores chunks of an upload.
-- @key rows       hash: chunk → its rows, sealed
-- @key marks      string: one byte per row
-- @key lease      string: holder of the upload
-- @arg holder     expected holder
-- @arg keepMs     lifetime of the rows when the lease is not renewed
-- @arg ...chunks  per chunk: number, sealed rows, zero-based first row, marks
-- @return 1; 0 when the lease was lost: the keys may belong to another upload
if redis.call('GET', lease) ~= holder then return 0 end
for i = 1, #chunks, 4 do
  redis.call('HSET', rows, chunks[i], chunks[i + 1])
  redis.call('SETRANGE', marks, chunks[i + 2], chunks[i + 3])
end
for _, key in ipairs({rows, marks}) do
  if redis.call('TTL', key) == -1 then redis.call('PEXPIRE', key, keepMs) end
end
return 1
