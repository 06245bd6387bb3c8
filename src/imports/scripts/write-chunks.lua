-- Stores chunks of an upload.
-- @key rows       hash: chunk → its rows, sealed
-- @key marks      string: a byte for each row
-- @key lease      string: whose upload it is
-- @arg holder     whose it should be
-- @arg keepMs     how long they stay without a word of the upload
-- @arg ...chunks  of each: its number, its rows, sealed, its first row, from 0, and its marks
-- @return 1; 0 when the lease was lost meanwhile: what is there may be another's
if redis.call('GET', lease) ~= holder then return 0 end
for i = 1, #chunks, 4 do
  redis.call('HSET', rows, chunks[i], chunks[i + 1])
  redis.call('SETRANGE', marks, chunks[i + 2], chunks[i + 3])
end
for _, key in ipairs({rows, marks}) do
  if redis.call('TTL', key) == -1 then redis.call('PEXPIRE', key, keepMs) end
end
return 1
